"""What collecting remembers: states of sources, keys and versions of articles, raw bytes."""

from __future__ import annotations

import json
import zlib

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BLANK = ("source", "outlet", "title", "url", "mark")


def upgrade() -> None:
    _columns()
    _tables()
    _states()
    _articles()


def _columns() -> None:
    with op.batch_alter_table("visits") as visits:
        visits.add_column(
            sa.Column("not_modified", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("articles") as articles:
        for name in BLANK:
            articles.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
        articles.add_column(sa.Column("first_seen", sa.BigInteger(), nullable=True))
    op.create_index(
        "ix_articles_source_first_seen", "articles", ["source", "first_seen"], unique=False
    )


def _tables() -> None:
    op.create_table(
        "source_states",
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("source_id", name=op.f("pk_source_states")),
    )
    op.create_table(
        "article_keys",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("first_seen", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", "article_id", name=op.f("pk_article_keys")),
    )
    op.create_index("ix_article_keys_first_seen", "article_keys", ["first_seen"], unique=False)
    op.create_table(
        "article_versions",
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("changes", sa.LargeBinary(), nullable=False),
        sa.Column("before", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("article_id", "n", name=op.f("pk_article_versions")),
    )
    op.create_index("ix_article_versions_at", "article_versions", ["at"], unique=False)
    op.create_table(
        "refused_keys",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_refused_keys")),
    )
    op.create_index("ix_refused_keys_at", "refused_keys", ["at"], unique=False)
    op.create_table(
        "raw_documents",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("fetched_at", sa.BigInteger(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_raw_documents")),
    )
    op.create_index("ix_raw_documents_fetched_at", "raw_documents", ["fetched_at"], unique=False)


def _states() -> None:
    """Validators move out of the sources; the next answer is asked for whole all the same."""
    connection = op.get_bind()
    sources = sa.table("sources", sa.column("id", sa.Text), sa.column("payload", sa.Text))
    for row in connection.execute(sa.select(sources)).all():
        payload = json.loads(row.payload)
        for name in ("etag", "last_modified"):
            payload.pop(name, None)
        changed = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
        connection.execute(sa.update(sources).where(sources.c.id == row.id).values(payload=changed))


def _articles() -> None:
    """The new columns of articles that are there, from their payloads, in strides."""
    connection = op.get_bind()
    articles = sa.table(
        "articles",
        sa.column("id", sa.Text),
        sa.column("payload", sa.LargeBinary),
        sa.column("fetched_at", sa.BigInteger),
        sa.column("first_seen", sa.BigInteger),
        *(sa.column(name, sa.Text) for name in BLANK),
    )
    last = ""
    while True:
        page = sa.select(articles).where(articles.c.id > last).order_by(articles.c.id).limit(500)
        rows = connection.execute(page).all()
        if not rows:
            return
        for row in rows:
            payload = json.loads(zlib.decompress(row.payload))
            known = {name: payload.get(name) or "" for name in BLANK if name != "mark"}
            connection.execute(
                sa.update(articles)
                .where(articles.c.id == row.id)
                .values(first_seen=row.fetched_at, **known)
            )
        last = rows[-1].id
