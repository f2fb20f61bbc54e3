"""Settings, read once at start from the environment and ``.env``, and passed on."""

from functools import cache
from importlib import metadata
from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field, SecretStr
from pydantic import ValidationError as PydanticValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from fairdb_core.errors import SettingsError


class Settings(BaseSettings):
    """Everything an installation may choose; each has a line in ``.env.example``."""

    model_config = SettingsConfigDict(
        env_prefix="FAIRDB_", env_file=".env", env_file_encoding="utf-8", extra="ignore"
    )

    data_dir: Path = Field(default_factory=lambda: user_data_path("fairdatabase", appauthor=False))
    database_url: SecretStr | None = None
    secret_key: SecretStr | None = None
    host: str = "127.0.0.1"
    port: int = Field(default=8501, ge=1, le=65_535)
    allowed_hosts: str = "localhost,127.0.0.1,[::1]"
    trusted_proxies: str = ""
    log_level: str = "INFO"
    log_format: str = "json"
    metrics_token: SecretStr | None = None
    public_view: bool = False
    strict_passwords: bool = False
    session_idle_minutes: int = Field(default=30, ge=1)
    session_hours: int = Field(default=12, ge=1)
    bcrypt_cost: int = Field(default=12, ge=4, le=16)
    max_widget_megabytes: int = Field(default=20, ge=1)
    max_upload_megabytes: int = Field(default=500, ge=1)
    max_rows: int = Field(default=2_000_000, ge=1)
    max_columns: int = Field(default=500, ge=1)
    max_cell_bytes: int = Field(default=65_536, ge=256)
    database_pool_size: int = Field(default=10, ge=1)
    database_statement_seconds: int = Field(default=10, ge=1)
    cache_entries: int = Field(default=256, ge=1)

    @property
    def is_embedded(self) -> bool:
        """Whether the store is the embedded SQLite file."""
        return self.database_url is None

    @property
    def url(self) -> str:
        """The database address, with its password if it has one; never print it."""
        if self.database_url is None:
            return f"sqlite:///{self.data_dir / 'fairdatabase.sqlite'}"
        url = self.database_url.get_secret_value()
        for prefix in ("postgres://", "postgresql://"):
            if url.startswith(prefix):
                return "postgresql+psycopg://" + url.removeprefix(prefix)
        return url

    @property
    def host_names(self) -> tuple[str, ...]:
        """The names under which this installation may be asked for."""
        return tuple(name.strip() for name in self.allowed_hosts.split(",") if name.strip())


@cache
def program_version() -> str:
    """Return the version of this program."""
    return metadata.version("fairdatabase")


def read_settings() -> Settings:
    """Read the settings from the environment and ``.env``.

    Raises:
        SettingsError: A value is not of its kind; the sentence names the variable.
    """
    try:
        return Settings()
    except PydanticValidationError as error:
        first = error.errors(include_input=False)[0]
        name = "FAIRDB_" + str(first["loc"][0]).upper() if first["loc"] else "a setting"
        raise SettingsError(f"{name}: {first['msg']}") from None
