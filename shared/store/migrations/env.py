"""Run by alembic: migrates on the connection that `migrate` hands over, inside its transaction."""

from alembic import context

from shared.store import indexes  # noqa: F401  (they belong to the metadata)
from shared.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
