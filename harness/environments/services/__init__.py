"""What runs beside the system: databases, caches, whatever the customer has."""
