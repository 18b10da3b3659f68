package dev.sluice.broker.transaction;

import dev.sluice.broker.metadata.ClusterMetadata;
import dev.sluice.broker.metadata.MetadataCommand;
import dev.sluice.broker.metadata.MetadataState;

/**
 * Gives producer ids away, each once for ever (invariant ID-ONCE): a block of them is reserved in
 * the metadata log before the first of it is used, and what a stop leaves of it is never used.
 * Thread-safe; there is one per broker.
 */
final class ProducerIds {

  static final int BLOCK = 1000;

  private final ClusterMetadata metadata;
  private long next;
  private long end;

  ProducerIds(ClusterMetadata metadata) {
    this.metadata = metadata;
  }

  /**
   * An id that nobody has had.
   *
   * @throws dev.sluice.log.StorageException if none could be reserved
   */
  synchronized long next() {
    if (next == end) {
      long first = metadata.state().nextProducerId();
      MetadataState unused =
          metadata.change(new MetadataCommand.ReserveProducerIds(Math.addExact(first, BLOCK)));
      next = first;
      end = first + BLOCK;
    }
    return next++;
  }
}
