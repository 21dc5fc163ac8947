"""A small compose file of real services, and the environment that names it."""

from __future__ import annotations

from pathlib import Path

from harness.environments import Environment, load_environment

ENVIRONMENT = """
schema: backfit/environment/v1
customer: Composed
compose: customer.yaml
system:
  name: shop
  service: web
  port: 80
  ready: {http: /, timeout: 60}
  env: {PRICE: 5$}
  old: {compose: old.yaml}
  new: {compose: new.yaml}
plugin: {name: plug}
scenario: {run: "true"}
"""

CUSTOMER = """
version: "3.8"
services:
  web:
    image: IMAGE
    container_name: shop-web
    ports: ["8080:80"]
    command: python3 -u -m http.server 80 --directory /srv
    volumes: ["./site:/srv", "state:/state"]
    depends_on: [db]
  db:
    build: ./db
    networks: {default: {aliases: [database]}}
volumes: {state: {}}
"""


def composed(folder: Path, image: str, customer: str = CUSTOMER, environment: str = ENVIRONMENT) -> Environment:
    """The environment in a new folder; `image` has Python."""
    files = {
        "environment.yaml": environment,
        "customer.yaml": customer.replace("IMAGE", image),
        "old.yaml": "services: {web: {environment: {WHO: old}}}",
        "new.yaml": "services: {web: {environment: {WHO: new}}}",
        "site/index.html": "hello",
        "db/Dockerfile": f'FROM {image}\nCMD ["python3", "-m", "http.server", "5432"]\n',
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return load_environment(folder)
