package dev.sluice.gateway.rest.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.gateway.log.InMemoryLog;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.gateway.rest.EventStream;
import dev.sluice.gateway.rest.Parts;
import dev.sluice.gateway.search.PartitionRange;
import dev.sluice.gateway.search.Search;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RunningSearchTest {

  private static final TopicPartition ORDERS = new TopicPartition("orders", 0);
  private static final int MATCHES = 4;

  private final InMemoryLog log = new InMemoryLog();
  private final AtomicLong nanos = new AtomicLong();
  private final List<String> sent = new ArrayList<>();

  /** Searches for a client who takes so long for a match, and for a word of progress. */
  private void search(Duration match, Duration progress) throws InterruptedException {
    var unused = log.create("orders", 1, TopicSettings.DEFAULT);
    NewRecord record = new NewRecord(1, null, null, List.of());
    var unusedAppend = log.append(ORDERS, Collections.nCopies(MATCHES, record)).join();
    Search search =
        new Search(
            List.of(new PartitionRange(ORDERS, 0, MATCHES)),
            Search.Order.OLDEST,
            found -> true,
            100,
            Duration.ofHours(1));
    RunningSearch running =
        new RunningSearch("orders", log, search, new ObjectMapper(), () -> {}, nanos::get);
    try (EventStream stream =
        Parts.stream(
            event -> {
              sent.add(event.getName());
              nanos.addAndGet((event.getName().equals("match") ? match : progress).toNanos());
            })) {
      running.sendTo(stream);
    }
  }

  @Test
  void isPatientWithAClientThatTakesLongForEachMatch() throws InterruptedException {
    search(Duration.ofSeconds(40), Duration.ofMillis(1));

    assertThat(sent).filteredOn("match"::equals).hasSize(MATCHES);
    assertThat(sent).endsWith("end");
  }

  @Test
  void isPatientWithAClientThatTakesLongForProgress() throws InterruptedException {
    search(Duration.ofMillis(300), Duration.ofSeconds(40));

    assertThat(sent).contains("progress").filteredOn("match"::equals).hasSize(MATCHES);
    assertThat(sent).endsWith("end");
  }
}
