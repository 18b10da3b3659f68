package dev.sluice.gateway.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.connect.ConnectorView.TaskError;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorHistoryTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final ErrorHistory history = new ErrorHistory(3);

  private static Instant at(int seconds) {
    return START.plusSeconds(seconds);
  }

  private static TaskError error(String message, int attempts) {
    return new TaskError("down", "EXTERNAL", message, null, "trace", null, attempts, null);
  }

  private List<String> messages() {
    return history.latestFirst().stream().map(past -> past.error().message()).toList();
  }

  @Test
  void aFailureThatIsRepeatedCountsOnce() {
    history.failed(at(0), error("refused", 1));
    history.failed(at(1), error("refused", 2));
    history.failed(at(5), error("refused", 3));

    assertThat(history.latestFirst())
        .containsExactly(new PastError(3, at(0), at(5), false, error("refused", 3)));
  }

  @Test
  void theSameFailureAfterARecoveryIsAnotherOne() {
    history.failed(at(0), error("refused", 1));
    history.failed(at(9), error("refused", 1));

    assertThat(history.latestFirst()).extracting(PastError::since).containsExactly(at(9), at(0));
  }

  @Test
  void anotherFailureOfTheSameOutageIsKeptBesideTheFirst() {
    history.failed(at(0), error("refused", 1));
    history.failed(at(1), error("timed out", 2));

    assertThat(messages()).containsExactly("timed out", "refused");
  }

  @Test
  void onlyTheLatestAreKept() {
    for (int i = 0; i < ErrorHistory.MAX_EACH + 2; i++) {
      history.failed(at(i), error("failure " + i, 1));
    }

    assertThat(messages())
        .hasSize(ErrorHistory.MAX_EACH)
        .startsWith("failure 21")
        .endsWith("failure 2");
  }

  @Test
  void aFloodOfBadRecordsDoesNotPushOutFailures() {
    history.failed(at(0), error("refused", 1));
    for (int i = 1; i <= 1_000; i++) {
      history.refused(at(i), error("bad record " + i, 0));
    }

    assertThat(messages())
        .hasSize(ErrorHistory.MAX_EACH + 1)
        .startsWith("bad record 1000")
        .endsWith("refused");
  }
}
