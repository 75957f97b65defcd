"""Train the understanding, if what it is trained from has changed."""

import asyncio

import click

from askfirst import settings


@click.command()
@click.option("--force", is_flag=True, help="Train even if nothing has changed.")
def command(force: bool) -> None:
    """Train the understanding (Rasa's model), if what it is trained from has changed.

    `askfirst up` does this by itself.
    """
    from askfirst.bootstrap import shipped, write_gazetteer
    from askfirst.supervisor import parts, training
    from askfirst.supervisor.progress import Progress
    from guidelines.rulebook import RuleBook

    current = settings.load()
    if not current.gazetteer.is_file():
        # Names are masked before messages are learnt from: without any it would learn something else.
        current.gazetteer.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_gazetteer(RuleBook(shipped(current.packs)), current.gazetteer)
    model = training.model_path(current.models)
    if model.is_file() and not force:
        click.echo(f"nothing has changed: {model}")
        return
    model.unlink(missing_ok=True)

    async def train() -> None:
        async with Progress().step("Training the understanding"):
            await training.train(current, model, parts.rasa_environment(current, parts.choose_ports(current)))

    asyncio.run(train())
    click.echo(str(model))
