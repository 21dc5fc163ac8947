"""The network between plugin, system and services: private to one run, and as faulty as the customer's."""
