"""Walk the chain of receipts, and name the first broken link."""

import json

import click

from askfirst import bootstrap, settings
from guidelines.store import editions, receipts


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(as_json: bool) -> int:
    """Check that no receipt and no edition was changed, removed or put in afterwards.

    Every receipt carries a hash of itself and of the one before; every edition carries a hash of its content,
    and the audit log says who approved it. Status 1 when a link is broken, with the first one.
    """
    app = bootstrap.ready(settings.load())
    with app.database.reading() as session:
        count = receipts.count(session)
        broken = receipts.first_broken_link(session)
        problem = broken[1] if broken else editions.first_broken(session)
        published = editions.listed(session)
    if as_json:
        said = {
            "holds": problem is None, "receipts": count, "editions": len(published), "problem": problem,
            "link": broken[0] if broken else None,
        }  # fmt: skip
        click.echo(json.dumps(said, ensure_ascii=False, indent=1))
    elif problem is None:
        click.echo(f"receipts: {count}, editions: {len(published)}; all are as they were written")
    else:
        click.echo(f"the chain is broken: {problem}")
    return 0 if problem is None else 1
