"""What the van's program does: notes a trip at the office, and shows the trips so far."""

from kinto_http import Client


def run(system):
    client = Client(server_url=f"{system.url}/v1", bucket="van", collection="trips")
    client.create_bucket(if_not_exists=True)
    client.create_collection(if_not_exists=True)
    client.create_record(id="leeds-york", data={"from": "Leeds", "to": "York", "bikes": 3}, if_not_exists=True)
    trips = [f"{trip['from']} to {trip['to']}: {trip['bikes']} bikes" for trip in client.get_records()]
    return {"trips": trips, "headline": f"{len(trips)} trip"}
