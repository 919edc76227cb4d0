"""People with their items, a transaction's worth at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


def of(readers: Mapping[int, list[int]], *, size: int) -> Iterator[dict[int, list[int]]]:
    """Whole people, `size` items in all, more only where one person has more."""
    batch: dict[int, list[int]] = {}
    held = 0
    for reader_id, numbers in sorted(readers.items()):
        if batch and held + len(numbers) > size:
            yield batch
            batch, held = {}, 0
        batch[reader_id] = numbers
        held += len(numbers)
    if batch:
        yield batch
