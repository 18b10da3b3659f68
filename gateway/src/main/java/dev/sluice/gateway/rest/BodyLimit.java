package dev.sluice.gateway.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Bounds request bodies, whether they say their length or not. */
final class BodyLimit {

  /** The largest body that is taken. */
  static final long MAX_BODY_BYTES = 10L << 20;

  private static final Set<String> METHODS_WITH_BODY = Set.of("POST", "PUT", "PATCH", "DELETE");

  @ServerRequestFilter
  public void limit(ContainerRequestContext request) {
    String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
    if (length != null) {
      if (Parameters.number(HttpHeaders.CONTENT_LENGTH, length, 0, Long.MAX_VALUE)
          > MAX_BODY_BYTES) {
        throw tooLarge();
      }
    } else if (METHODS_WITH_BODY.contains(request.getMethod())) {
      request.setEntityStream(new Bounded(request.getEntityStream()));
    }
  }

  private static ApiException tooLarge() {
    return ApiException.tooLarge(
        "The body is larger than " + (MAX_BODY_BYTES >> 20) + " MiB.", "Send less in one request.");
  }

  /** Fails once more than the limit has been read. */
  private static final class Bounded extends FilterInputStream {

    private long left = MAX_BODY_BYTES;

    Bounded(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      count(b < 0 ? 0 : 1);
      return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      count(Math.max(0, read));
      return read;
    }

    private void count(int read) {
      left -= read;
      if (left < 0) {
        throw tooLarge();
      }
    }
  }
}
