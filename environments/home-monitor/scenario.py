"""What Home Assistant does with its integration of Glances: asks anew for the data of its sensors, and shows each sensor."""

import asyncio
from urllib.parse import urlsplit

from glances_api import Glances

POLLS = 5
PAUSE = 1.1  # seconds: Glances measures anew every second at most

SENSORS = {  # what it shows of each group of data, and in which unit
    "cpu": {"cpu_use_percent": "%"},
    "fs": {"disk_use_percent": "%", "disk_use": "GiB", "disk_free": "GiB"},
    "load": {"processor_load": ""},
    "mem": {"memory_use_percent": "%", "memory_use": "MiB", "memory_free": "MiB"},
    "memswap": {"swap_use_percent": "%", "swap_use": "GiB", "swap_free": "GiB"},
    "network": {"rx": "KiB", "tx": "KiB"},
    "processcount": {"process_running": "", "process_total": "", "process_thread": "", "process_sleeping": ""},
}
ONE_FOR_EACH = ("fs", "network")  # a mount point, an interface


def run(system):
    address = urlsplit(system.url)
    polls = asyncio.run(polled(address.hostname, address.port))
    shown = [{f"{name} [{unit}]": plausible(value, unit) for name, unit, value in sensors(poll)} for poll in polls]
    return {
        "sensors": sorted(shown[0]),
        "every poll has them": all(poll.keys() == shown[0].keys() for poll in shown),
        "values to wonder at": sorted({name for poll in shown for name, fine in poll.items() if not fine}),
        "uptime": all(poll["uptime"] for poll in polls),
        "headline": f"{len(shown[0])} sensors",
    }


async def polled(host, port):
    """The data of some polls of one client; Home Assistant asks once a minute."""
    client = Glances(host, port, version=3)
    polls = [await client.get_ha_sensor_data()]
    while len(polls) < POLLS:
        await asyncio.sleep(PAUSE)
        polls.append(await client.get_ha_sensor_data())
    return polls


def sensors(data):
    """Each sensor's name, unit and value."""
    for group, units in SENSORS.items():
        several = data.get(group, {}) if group in ONE_FOR_EACH else {"": data.get(group, {})}
        for place, values in several.items():
            for key, unit in units.items():
                if key in values:
                    yield " ".join(filter(None, (group, place, key))), unit, values[key]


def plausible(value, unit):
    """Whether it is a number that a person would believe."""
    return isinstance(value, int | float) and 0 <= value <= (100 if unit == "%" else 2**40)
