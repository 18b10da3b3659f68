package dev.sluice.gateway.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.log.StorageException;
import java.io.IOException;
import java.net.BindException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class FailuresTest {

  @Test
  void theMessageThatSaysWhatToDoWins() {
    Throwable locked =
        new StorageException(
            StorageException.Code.LOCKED,
            "The data directory is in use",
            "Choose another",
            new IOException(".lock is locked"));
    assertThat(Failures.inOneLine(new CompletionException(locked)))
        .isEqualTo("The data directory is in use. Choose another.");
  }

  @Test
  void aPortInUseIsNamedAsSuch() {
    assertThat(Failures.inOneLine(new IllegalStateException(new BindException("in use"))))
        .contains("--http-port");
  }

  @Test
  void otherwiseTheInnermostMessageIsTold() {
    assertThat(
            Failures.inOneLine(
                new IllegalStateException("outer", new IllegalArgumentException("inner"))))
        .isEqualTo("inner");
    assertThat(Failures.inOneLine(new NullPointerException())).isEqualTo("NullPointerException");
  }
}
