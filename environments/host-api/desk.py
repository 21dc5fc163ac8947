"""The service desk: one page, its customers, and the script that offers them to plugins, in two versions."""

from __future__ import annotations

import argparse

from bottle import Bottle, static_file

parser = argparse.ArgumentParser()
parser.add_argument("--api", choices=["1", "2"], required=True)
parser.add_argument("--host", required=True)
parser.add_argument("--port", type=int, required=True)
options = parser.parse_args()
app = Bottle()


@app.get("/")
def page():
    return static_file("index.html", root="desk")


@app.get("/system.js")
def system():
    return static_file(f"system-{options.api}.js", root="desk")


@app.get("/<name:path>")
def file(name):
    return static_file(name, root="desk")


app.run(host=options.host, port=options.port, quiet=True)
