package dev.sluice.source.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connector.CaptureState.TableSnapshot;
import dev.sluice.connector.SourcePosition;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CaptureProgressTest {

  private final CaptureProgress progress = new CaptureProgress(Clock.systemUTC());

  @Test
  void ofVeryManyTablesOnlySomeAreNamed() {
    int surplus = 500;
    List<CapturedTable> tables =
        IntStream.range(0, CaptureProgress.NAMED_TABLES + surplus)
            .mapToObj(i -> new CapturedTable("public", "t" + i, null, true, true, true))
            .toList();
    progress.captures(tables);
    progress.initialSnapshot(tables);
    assertThat(progress.state().tables()).hasSize(CaptureProgress.NAMED_TABLES);
    assertThat(names()).hasSize(CaptureProgress.NAMED_TABLES).startsWith("public.t0", "public.t1");

    progress.resumed(new SourcePosition(Map.of("server", "shop"), Map.of("lsn", 1L)));
    assertThat(names())
        .as("what was done first makes room")
        .hasSize(CaptureProgress.NAMED_TABLES)
        .startsWith("public.t" + surplus);
  }

  private List<String> names() {
    return progress.state().snapshots().stream().map(TableSnapshot::table).toList();
  }
}
