package dev.sluice.sink.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import org.junit.jupiter.api.Test;

/** What people are told of a server that can't be reached. */
class UnreachableTest {

  @Test
  void isToldInWords() {
    assertThat(Unreachable.why(new ConnectException())).isEqualTo("nothing answers there");
    assertThat(Unreachable.why(new ConnectException("Connection refused")))
        .isEqualTo("Connection refused");
    assertThat(Unreachable.why(new UnknownHostException("shop.example")))
        .isEqualTo("its name can't be resolved");
    assertThat(Unreachable.why(unresolved())).isEqualTo("its name can't be resolved");
    assertThat(Unreachable.why(new HttpTimeoutException("request timed out")))
        .isEqualTo("request timed out");
    assertThat(Unreachable.why(new ClosedChannelException()))
        .isEqualTo("java.nio.channels.ClosedChannelException");
  }

  private static ConnectException unresolved() {
    ConnectException failure = new ConnectException();
    failure.initCause(new ConnectException().initCause(new UnresolvedAddressException()));
    return failure;
  }
}
