package dev.sluice.broker.kafka;

import dev.sluice.broker.kafka.KafkaMetrics.CloseReason;
import dev.sluice.broker.kafka.PipelinedHandler.Answer;
import dev.sluice.broker.kafka.PipelinedHandler.HangUp;
import dev.sluice.broker.kafka.PipelinedHandler.Reply;
import dev.sluice.broker.kafka.PipelinedHandler.Silence;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.network.ClientInformation;
import org.apache.kafka.common.network.Send;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.RequestContext;
import org.apache.kafka.common.requests.RequestHeader;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection: reads requests, has them answered, and sends the answers in the order of
 * the requests. Runs on a virtual thread of its own; one request is answered at a time, except that
 * those of a {@link PipelinedHandler} go on being answered while the next are read.
 */
final class Connection implements Runnable, ResponseQueue.Writer {

  /** As in a Kafka broker. */
  private static final int MAX_AUTHENTICATION_BYTES = 512 * 1024;

  private final ServerContext server;
  private final ListenerConfig listener;
  private final SocketChannel channel;
  private final String id;
  private final Deadlines deadlines;
  private final ResponseQueue responses;
  private final ConnectionIdentity identity;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final AtomicReference<@Nullable CloseException> closing = new AtomicReference<>();
  private volatile long silentUntilNanos = Long.MIN_VALUE;
  private volatile @Nullable Transport transport;

  Connection(ServerContext server, ListenerConfig listener, SocketChannel channel, String id) {
    this.server = server;
    this.listener = listener;
    this.channel = channel;
    this.id = id;
    this.deadlines = new Deadlines(server.limits(), server.nanoTime());
    this.responses = new ResponseQueue(this, server.limits().maxInFlight(), "kafka-answers-" + id);
    this.identity = new ConnectionIdentity(listener.sasl());
  }

  @Override
  public void run() {
    CloseException reason;
    try {
      Transport opened = listener.transports().accept(channel);
      transport = opened;
      identity.connected(opened.principal());
      serve(opened);
      reason = new CloseException(CloseReason.CLIENT, "The client closed it");
    } catch (CloseException e) {
      reason = e;
    } catch (IOException e) {
      reason = new CloseException(CloseReason.NETWORK, "The network failed: " + e.getMessage());
    } catch (InterruptedException e) {
      reason = new CloseException(CloseReason.SHUTDOWN, "The server closes");
    } catch (RuntimeException | Error e) {
      reason = new CloseException(CloseReason.FAILED, "An unforeseen failure: " + e);
      server.failed(id, e);
    }
    close(reason);
    server.ended(this, listener, id, closing());
  }

  private CloseException closing() {
    CloseException reason = closing.get();
    return reason == null ? new CloseException(CloseReason.CLIENT, "It ended") : reason;
  }

  /** Ends the connection from any thread; the first reason is the one that is told. */
  void close(CloseException reason) {
    if (!closing.compareAndSet(null, reason)) {
      return;
    }
    boolean unused = ended.complete(null);
    Transport opened = transport;
    try {
      if (opened != null) {
        opened.close();
      }
    } catch (IOException e) {
      server.note(id + " was not closed cleanly: " + e.getMessage());
    }
    try {
      channel.close();
    } catch (IOException e) {
      server.note(id + " was not closed cleanly: " + e.getMessage());
    }
  }

  /** Closes the connection if it has been stuck or idle for too long. */
  void closeIfPassed() {
    deadlines
        .passed()
        .ifPresent(
            reason ->
                close(
                    new CloseException(
                        reason,
                        reason == CloseReason.IDLE
                            ? "It was idle for " + server.limits().idleTimeout()
                            : "It was stuck for " + server.limits().transferTimeout())));
  }

  private void serve(Transport opened) throws IOException, CloseException, InterruptedException {
    RequestReader reader =
        new RequestReader(opened, server.memory(), this::maxRequestBytes, deadlines);
    try {
      while (true) {
        deadlines.idle();
        ByteBuffer request = reader.next();
        if (request == null) {
          responses.drain();
          return;
        }
        server.metrics().received(request.remaining() + Integer.BYTES);
        answer(request);
        reader.release();
        beSilent();
      }
    } finally {
      reader.release();
    }
  }

  /** Who has not said who they are have nothing large to say. */
  private int maxRequestBytes() {
    int max = server.limits().maxRequestBytes();
    return identity.mayAsk() ? max : Math.min(max, MAX_AUTHENTICATION_BYTES);
  }

  private void answer(ByteBuffer bytes) throws IOException, CloseException, InterruptedException {
    long start = server.nanoTime().getAsLong();
    RequestContext context = context(bytes);
    ApiHandler<?> handler = handler(context);
    if (handler instanceof PipelinedHandler<?> pipelined) {
      responses.add(context, start, start(pipelined, parse(context, bytes), context));
    } else {
      responses.drain();
      AbstractRequest request = parse(context, copy(bytes));
      write(context, start, new Reply(call(handler, request, context)));
    }
    if (identity.isRefused()) {
      throw new CloseException(CloseReason.UNAUTHENTICATED, "It could not prove who it says it is");
    }
  }

  private RequestContext context(ByteBuffer bytes) throws CloseException {
    RequestHeader header;
    try {
      header = RequestHeader.parse(bytes);
    } catch (RuntimeException e) {
      throw new CloseException(
          CloseReason.GARBAGE, "A request's header can't be read: " + e.getMessage());
    }
    return new RequestContext(
        header,
        id,
        channel.socket().getInetAddress(),
        identity.principal(),
        listener.listenerName(),
        listener.protocol(),
        ClientInformation.EMPTY,
        false);
  }

  private ApiHandler<?> handler(RequestContext context) throws CloseException {
    ApiKeys api = context.header.apiKey();
    if (!identity.mayAsk() && !isPartOfAuthentication(api)) {
      throw new CloseException(
          CloseReason.UNAUTHENTICATED, "It sent " + api + " before it had authenticated itself");
    }
    return server
        .apis()
        .find(api)
        .orElseThrow(
            () -> new CloseException(CloseReason.GARBAGE, "It asks for " + api + ", unknown here"));
  }

  private static boolean isPartOfAuthentication(ApiKeys api) {
    return api == ApiKeys.API_VERSIONS
        || api == ApiKeys.SASL_HANDSHAKE
        || api == ApiKeys.SASL_AUTHENTICATE;
  }

  private static AbstractRequest parse(RequestContext context, ByteBuffer bytes)
      throws CloseException {
    try {
      return context.parseRequest(bytes).request;
    } catch (RuntimeException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new CloseException(
          CloseReason.GARBAGE,
          "A request of "
              + context.header.apiKey()
              + " version "
              + context.header.apiVersion()
              + " can't be read: "
              + cause.getMessage());
    }
  }

  /** What a request keeps of its bytes must outlive the buffer that they came in. */
  private static ByteBuffer copy(ByteBuffer bytes) {
    return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
  }

  @SuppressWarnings("unchecked") // The registry finds handlers by API, and so does the parser.
  private AbstractResponse call(
      ApiHandler<?> handler, AbstractRequest request, RequestContext context)
      throws CloseException {
    try {
      checkVersion(handler, context);
      return ((ApiHandler<AbstractRequest>) handler).handle(request, newCall(context));
    } catch (RuntimeException e) {
      return error(request, e);
    }
  }

  @SuppressWarnings("unchecked")
  private CompletableFuture<Answer> start(
      PipelinedHandler<?> handler, AbstractRequest request, RequestContext context)
      throws CloseException {
    try {
      checkVersion(handler, context);
      return ((PipelinedHandler<AbstractRequest>) handler).start(request, newCall(context));
    } catch (RuntimeException e) {
      return CompletableFuture.completedFuture(new Reply(error(request, e)));
    }
  }

  private Call newCall(RequestContext context) {
    return new Call(context, identity, server.access(), ended);
  }

  private static void checkVersion(ApiHandler<?> handler, RequestContext context) {
    short version = context.apiVersion();
    if (handler.api() != ApiKeys.API_VERSIONS
        && (version < handler.minVersion() || version > handler.maxVersion())) {
      throw new UnsupportedVersionException(
          handler.api()
              + " is answered in versions "
              + handler.minVersion()
              + " to "
              + handler.maxVersion());
    }
  }

  private AbstractResponse error(AbstractRequest request, RuntimeException failure)
      throws CloseException {
    AbstractResponse response = request.getErrorResponse(0, KafkaErrors.exception(failure));
    if (response == null) {
      throw new CloseException(
          CloseReason.FAILED, "A request without an answer failed: " + failure.getMessage());
    }
    return response;
  }

  @Override
  public void write(RequestContext context, long startNanos, Answer answer)
      throws IOException, CloseException {
    switch (answer) {
      case Reply reply -> write(context, startNanos, reply.response());
      case Silence silence -> {}
      case HangUp hangUp -> throw new CloseException(CloseReason.FAILED, hangUp.reason());
    }
  }

  private void write(RequestContext context, long startNanos, AbstractResponse response)
      throws IOException {
    try {
      send(context.buildResponseSend(response));
    } finally {
      if (response instanceof LentResponse lent) {
        lent.close();
      }
    }
    int throttleMillis = response.throttleTimeMs();
    if (throttleMillis > 0) {
      silentUntilNanos =
          server.nanoTime().getAsLong() + TimeUnit.MILLISECONDS.toNanos(throttleMillis);
    }
    ApiKeys api = context.header.apiKey();
    server.metrics().answered(api, server.nanoTime().getAsLong() - startNanos);
    response
        .errorCounts()
        .forEach(
            (error, count) -> {
              if (error != Errors.NONE) {
                server.metrics().failed(api, error, count);
              }
            });
  }

  private void send(Send send) throws IOException {
    Transport opened = transport;
    if (opened == null) {
      throw new IOException("The connection is not open");
    }
    deadlines.writing();
    while (!send.completed()) {
      long unused = send.writeTo(opened);
      deadlines.writing();
    }
    deadlines.written();
    server.metrics().sent(send.size());
  }

  /** A client over its quota isn't read from for as long as it was told to be silent (KIP-219). */
  private void beSilent() throws InterruptedException {
    long left = silentUntilNanos - server.nanoTime().getAsLong();
    if (silentUntilNanos == Long.MIN_VALUE || left <= 0) {
      return;
    }
    try {
      Void unused = ended.get(left, TimeUnit.NANOSECONDS);
    } catch (TimeoutException over) {
      silentUntilNanos = Long.MIN_VALUE;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void failed(Exception cause) {
    close(
        cause instanceof CloseException reason
            ? reason
            : new CloseException(CloseReason.NETWORK, String.valueOf(cause.getMessage())));
  }
}
