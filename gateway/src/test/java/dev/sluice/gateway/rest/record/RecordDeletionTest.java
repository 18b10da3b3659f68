package dev.sluice.gateway.rest.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.gateway.events.Event;
import dev.sluice.gateway.log.ForwardingRecords;
import dev.sluice.gateway.log.InMemoryLog;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.gateway.rest.Parts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordDeletionTest {

  private static final TopicPartition BROKEN = new TopicPartition("orders", 1);

  /** A log of which one partition can't lose records now. */
  private static final class Broken extends ForwardingRecords {

    Broken(InMemoryLog log) {
      super(log);
    }

    @Override
    public void deleteBefore(TopicPartition tp, long offset) {
      if (tp.equals(BROKEN)) {
        throw new LogException(LogException.Code.PARTITION_OFFLINE, "Offline as told.");
      }
      super.deleteBefore(tp, offset);
    }
  }

  private final InMemoryLog log = new InMemoryLog();
  private final List<Event> events = new ArrayList<>();
  private final RecordDeletion deletion =
      new RecordDeletion(
          Parts.topics(log), new Broken(log), events::add, InstantSource.fixed(Instant.EPOCH));

  @BeforeEach
  void fill() {
    var unused = log.create("orders", 3, TopicSettings.DEFAULT);
    NewRecord record = new NewRecord(1, null, null, List.of());
    for (int partition = 0; partition < 3; partition++) {
      var unusedAppend =
          log.append(new TopicPartition("orders", partition), Collections.nCopies(5, record))
              .join();
    }
  }

  @Test
  void reportsWhatHasGoneAlsoIfTheRestFails() {
    assertThatThrownBy(() -> deletion.delete("orders", "0:3,1:2,2:4"))
        .isInstanceOf(LogException.class);

    assertThat(events)
        .extracting(Event::type, Event::message)
        .containsExactly(tuple("topic.records-deleted", "Of topic orders 3 offsets were deleted."));
  }

  @Test
  void reportsNothingIfNothingHasGone() {
    assertThatThrownBy(() -> deletion.delete("orders", "1:2,2:4")).isInstanceOf(LogException.class);

    assertThat(events).isEmpty();
  }
}
