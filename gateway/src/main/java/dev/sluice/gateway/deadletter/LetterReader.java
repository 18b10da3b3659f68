package dev.sluice.gateway.deadletter;

import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.StoredRecord;
import dev.sluice.gateway.log.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads letters together with what was done with them. What is no letter, be it another record or
 * nothing that can be decoded, is passed over. Thread-safe.
 */
final class LetterReader {

  /**
   * What a step has brought.
   *
   * @param letters in offset order
   * @param next where to go on
   * @param bytes about what was read
   */
  record Step(List<MarkedLetter> letters, long next, long bytes) {}

  private final Records records;
  private final Marks marks;

  LetterReader(Records records, Marks marks) {
    this.records = records;
    this.marks = marks;
  }

  /** The letter at this place, if there is one. */
  Optional<MarkedLetter> find(String topic, LetterId id) {
    TopicPartition partition = new TopicPartition(topic, id.partition());
    if (id.offset() < records.startOffset(partition)
        || id.offset() >= records.endOffset(partition)) {
      return Optional.empty();
    }
    return read(partition, id.offset(), id.offset() + 1, 1, 1).letters().stream().findFirst();
  }

  /**
   * Reads on, behind what retention has deleted meanwhile.
   *
   * @param end the first offset that is not wanted; there must be records up to it
   */
  Step read(TopicPartition partition, long from, long end, int maxRecords, int maxBytes) {
    long begin = Math.max(from, records.startOffset(partition));
    if (begin >= end) {
      return new Step(List.of(), end, 0);
    }
    Records.Slice slice = records.read(partition, begin, maxRecords, maxBytes);
    List<MarkedLetter> letters = new ArrayList<>();
    MarkBlock block = null;
    long blockNumber = -1;
    long bytes = 0;
    for (StoredRecord stored : slice.records()) {
      if (stored.offset() >= end) {
        break;
      }
      bytes += Letter.sizeBytes(stored);
      Letter letter = LetterHeaders.letter(stored).orElse(null);
      if (letter != null) {
        long number = MarkBlock.number(stored.offset());
        if (block == null || number != blockNumber) {
          block = marks.block(partition.topic(), partition.partition(), stored.offset());
          blockNumber = number;
        }
        letters.add(new MarkedLetter(letter, mark(block, letter)));
      }
    }
    return new Step(letters, Math.min(end, slice.nextOffset()), bytes);
  }

  private static @Nullable Mark mark(MarkBlock block, Letter letter) {
    Mark mark = block.of(letter.id().offset());
    return mark != null && mark.fits(letter.error().time()) ? mark : null;
  }
}
