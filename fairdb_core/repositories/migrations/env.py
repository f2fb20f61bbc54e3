"""Runs the steps over a connection that ``schema.migrate`` opened."""

from alembic import context

from fairdb_core.repositories.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
