package dev.sluice.compat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A port that nobody had a moment ago, for a broker that keeps its address over restarts. */
public final class FreePort {

  private FreePort() {}

  /** Prints one, for scripts. */
  public static void main(String[] arguments) {
    System.out.println(find());
  }

  /** One of the loopback interface. */
  public static int find() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
