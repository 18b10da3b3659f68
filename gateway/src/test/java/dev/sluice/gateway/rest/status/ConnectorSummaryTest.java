package dev.sluice.gateway.rest.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.config.ErrorPolicy.Then;
import dev.sluice.gateway.connect.ConnectorView;
import dev.sluice.gateway.connect.Specs;
import dev.sluice.gateway.connect.TargetState;
import dev.sluice.gateway.connect.TaskState;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectorSummaryTest {

  /** All were seen; those but the first ones were written to. */
  private static ConnectorSummary seen(ConnectorSpec spec, int read, String... topics) {
    List<String> all = List.of(topics);
    return ConnectorSummary.of(
        new ConnectorView(
            spec,
            TargetState.STARTED,
            TaskState.RUNNING,
            List.of(),
            all,
            all.subList(read, all.size())),
        null);
  }

  @Test
  void writesWhatIsDeclaredAndWhatWasSeen() {
    assertThat(seen(Specs.source("in", "list", "t-{key}"), 0, "t-1", "t-2").writes())
        .containsExactly("t-1", "t-2");
    assertThat(
            seen(Specs.rule("hot", "temperatures", "alerts"), 1, "formerly-read", "fires").writes())
        .as("what a rule reads was seen, too")
        .containsExactly("alerts", "fires");
    assertThat(seen(Specs.sink("out", "list", "letters"), 1, "letters").writes()).isEmpty();
  }

  @Test
  void saysWhereRecordsAreSetAsideIfTheyAre() {
    ConnectorSpec sink = Specs.sink("out", "list", "letters");
    assertThat(seen(sink, 0).deadLetterTopic()).isEqualTo(Specs.DEAD_LETTERS);
    assertThat(seen(Specs.with(sink, Specs.policy(1, Then.FAIL)), 0).deadLetterTopic()).isNull();
  }
}
