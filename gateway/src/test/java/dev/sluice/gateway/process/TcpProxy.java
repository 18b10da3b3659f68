package dev.sluice.gateway.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands before a server and can take it away: {@link #cut} ends all connections and refuses new
 * ones, {@link #restore} lets them through again, at the same port. Thread-safe.
 */
public final class TcpProxy implements AutoCloseable {

  private final int target;
  private final int port;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private volatile ServerSocket server;

  /** A proxy for a port of this machine. */
  public TcpProxy(int target) throws IOException {
    this.target = target;
    this.server = listen(0);
    this.port = server.getLocalPort();
  }

  public int port() {
    return port;
  }

  /** The server is gone. */
  public void cut() throws IOException {
    server.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }

  /** The server is back. */
  public void restore() throws IOException {
    server = listen(port);
  }

  private ServerSocket listen(int at) throws IOException {
    ServerSocket listening = new ServerSocket();
    listening.setReuseAddress(true);
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at));
    Thread unused = Thread.ofVirtual().start(() -> accept(listening));
    return listening;
  }

  private void accept(ServerSocket listening) {
    try {
      while (true) {
        Socket client = listening.accept();
        connections.add(client);
        Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target);
        connections.add(upstream);
        Thread there = Thread.ofVirtual().unstarted(() -> copy(client, upstream));
        Thread back = Thread.ofVirtual().unstarted(() -> copy(upstream, client));
        there.start();
        back.start();
        if (listening.isClosed()) { // Cut meanwhile, perhaps before these two were known.
          client.close();
          upstream.close();
        }
      }
    } catch (IOException closed) {
      if (!listening.isClosed()) {
        throw new UncheckedIOException(closed);
      }
    }
  }

  private void copy(Socket from, Socket to) {
    try (from;
        to;
        InputStream bytes = from.getInputStream()) {
      long unused = bytes.transferTo(to.getOutputStream());
    } catch (IOException ended) {
      // One side has closed the connection, and so the other one is closed too.
    } finally {
      connections.remove(from);
      connections.remove(to);
    }
  }

  @Override
  public void close() throws IOException {
    cut();
  }
}
