"""What the rental's program does at the counter: shows which bikes are free, rents one out, and takes it back."""

from kinto_http import Client


def run(system):
    client = Client(server_url=f"{system.url}/v1", bucket="fleet", collection="bikes")
    before = free(client)
    rent(client, before[0], True)
    during = free(client)
    rent(client, before[0], False)
    return {
        "free": before,
        "free while one is out": during,
        "free again": free(client),
        "gears": {bike["name"]: bike["gears"] for bike in client.get_records(_sort="name")},
        "headline": f"{len(before)} bikes free, {len(during)} while one is out",
    }


def free(client):
    """The ids of the bikes that can be rented."""
    return sorted(bike["id"] for bike in client.get_records(rented="false"))


def rent(client, name, out):
    """Only where nobody else did it in the meantime."""
    bike = client.get_record(id=name)["data"]
    client.update_record(data={**bike, "rented": out}, if_match=bike["last_modified"])
