"""Whether what runs here is what the customer has."""
