"""HTTP routes and middleware around Streamlit; the only code that speaks HTTP."""
