package dev.sluice.broker.kafka;

import dev.sluice.broker.security.AccessControl;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** A server with handlers of a test, on a free port, whose time stands still. */
final class TestServer implements AutoCloseable {

  static final Duration IDLE = Duration.ofMinutes(10);
  static final Duration TRANSFER = Duration.ofSeconds(30);

  static final ServerLimits LIMITS = new ServerLimits(4 << 20, 16 << 20, 100, 8, IDLE, TRANSFER);

  private final ManualTime time = new ManualTime();
  private final RecordingMetrics metrics = new RecordingMetrics();
  private final Wire wire;
  private final KafkaServer server;
  private final ServerContext context;

  private TestServer(
      Wire wire, ServerLimits limits, ListenerConfig listener, List<ApiHandler<?>> handlers) {
    this.wire = wire;
    List<ApiHandler<?>> all = new ArrayList<>(handlers);
    all.add(FakeHandler.apiVersions());
    this.server = KafkaServer.bind(List.of(listener));
    this.context =
        new ServerContext(
            limits, metrics, new ApiRegistry(all), AccessControl.OPEN, AdminChanges.NONE, time);
    server.serve(context);
  }

  static TestServer start(ApiHandler<?>... handlers) {
    return start(LIMITS, handlers);
  }

  static TestServer start(ServerLimits limits, ApiHandler<?>... handlers) {
    return start(limits, ListenerConfig.loopback(0), handlers);
  }

  static TestServer start(ServerLimits limits, ListenerConfig listener, ApiHandler<?>... handlers) {
    return new TestServer(Wire.PLAIN, limits, listener, List.of(handlers));
  }

  static TestServer start(Wire wire, ApiHandler<?>... handlers) {
    return start(wire, LIMITS, handlers);
  }

  static TestServer start(Wire wire, ServerLimits limits, ApiHandler<?>... handlers) {
    return new TestServer(wire, limits, wire.listener(), List.of(handlers));
  }

  RawClient connect() throws IOException {
    return connect(0);
  }

  /** With room for so many bytes only that the client has not read; 0 for the usual. */
  RawClient connect(int receiveBytes) throws IOException {
    return wire.connect(port(), receiveBytes);
  }

  int port() {
    return server.port("PLAINTEXT");
  }

  /** Waits until a client's bytes have been noticed, of which there is one client only. */
  void awaitRequestBegun() {
    await(connection -> connection.deadlines().isWithinRequest());
  }

  /** Waits until the server waits for a client's next request. */
  void awaitIdle() {
    await(connection -> connection.deadlines().isIdle());
  }

  /** Waits until a request is there and waits for something else than its client. */
  void awaitWaiting() {
    await(Connection::isWaiting);
  }

  /** Waits until an answer is being sent. */
  void awaitWriting() {
    awaitWriting(1);
  }

  /** Waits until answers are being sent to so many clients. */
  void awaitWriting(int count) {
    await(
        () ->
            context.open().stream().filter(each -> each.deadlines().isWriting()).count() >= count);
  }

  private void await(Predicate<Connection> condition) {
    await(() -> context.open().stream().anyMatch(condition));
  }

  /** Waits until requests hold so many bytes. */
  void awaitMemory(long bytes) {
    await(() -> context.memory().usedBytes() >= bytes);
  }

  /** Waits until there are so many connections. */
  void awaitConnections(int count) {
    await(() -> context.open().size() >= count);
  }

  /** Waits until something is so. */
  static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("It did not come so far");
      }
      LockSupport.parkNanos(100_000);
    }
  }

  RecordingMetrics metrics() {
    return metrics;
  }

  ServerContext context() {
    return context;
  }

  /** Time passes, and connections whose time is up are cut off. */
  void advance(Duration by) {
    time.advance(by);
    KafkaServer.cutOffPassed(context);
  }

  /** Waits until no connection is left. */
  boolean isEmptySoon() throws InterruptedException {
    return context.awaitAllEnded(Duration.ofSeconds(30)) && context.memory().usedBytes() == 0;
  }

  @Override
  public void close() {
    server.close();
  }
}
