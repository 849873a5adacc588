from setuptools import setup

setup(name="old", install_requires=["flask"])
