"""Uses each project of requirements.txt, and says where it comes from."""

import importlib.metadata
import os
import platform

import flask
import numpy
import tqdm
import yaml

app = flask.Flask("demo")


@app.get("/solve")
def solve():
    matrix = numpy.array([[3.0, 1.0], [1.0, 2.0]])
    return {"x": numpy.linalg.solve(matrix, numpy.array([9.0, 8.0])).tolist()}


print(f"Python {platform.python_version()}")
print("flask asks numpy:", app.test_client().get("/solve").get_json())
print("tqdm counts:", sum(tqdm.tqdm(range(1000), disable=True)))
print("pyyaml reads:", yaml.safe_load("{lock: one, providers: [wheel, sdist, nixpkgs]}"))
for project, module in {"flask": flask, "numpy": numpy, "tqdm": tqdm, "pyyaml": yaml}.items():
    package = os.path.realpath(module.__file__).split("/lib/python")[0]
    print(f"{project:8}{importlib.metadata.version(project):10}{package}")
