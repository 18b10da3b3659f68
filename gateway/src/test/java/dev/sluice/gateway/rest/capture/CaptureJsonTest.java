package dev.sluice.gateway.rest.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.connect.CaptureView;
import dev.sluice.gateway.connect.TargetState;
import dev.sluice.gateway.connect.TaskState;
import dev.sluice.gateway.rest.Views;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CaptureJsonTest {

  @Test
  void timeAloneIsNoChange() {
    CaptureJson seen = capture(TaskState.RUNNING, Views.SINCE);
    CaptureJson later = capture(TaskState.RUNNING, Views.SINCE.plusSeconds(1));
    CaptureJson failed = capture(TaskState.FAILED, Views.SINCE.plusSeconds(2));
    assertThat(later.orSame(seen)).isSameAs(seen);
    assertThat(failed.orSame(seen)).isSameAs(failed);
  }

  private static CaptureJson capture(TaskState state, Instant at) {
    CaptureJson now =
        CaptureJson.of("shop", new CaptureView(TargetState.STARTED, state, Optional.empty()));
    return new CaptureJson(at, now.connector(), now.target(), now.state(), now.capture());
  }
}
