"""The pure core: values and rules. No asyncio, clock, storage, logging or Discord in here."""
