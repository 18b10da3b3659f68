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
import org.apache.kafka.common.network.ClientInformation;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.RequestContext;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection: reads requests, has them answered, and sends the answers in the order of
 * the requests. Runs on a virtual thread of its own; one request is answered at a time, except that
 * those of a {@link PipelinedHandler} go on being answered while the next are read.
 *
 * <p>It ends in one place, {@link #run}, which tells of it when nothing of it is left. Others may
 * cut it off at any time: that closes the socket and completes {@link Call#ended}, upon which its
 * threads come to their end by themselves. They are never interrupted: a thread that is interrupted
 * while it reads a log closes the log's file for everyone.
 */
final class Connection implements Runnable, ResponseQueue.Writer {

  /** As in a Kafka broker. */
  private static final int MAX_AUTHENTICATION_BYTES = 512 * 1024;

  private final ServerContext server;
  private final ListenerConfig listener;
  private final SocketChannel channel;
  private final String id;
  private final Deadlines deadlines;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final ResponseQueue responses;
  private final ConnectionIdentity identity;
  private final AtomicReference<@Nullable CloseException> closing = new AtomicReference<>();

  /** Set once the connection is open, before anything is read. */
  private @Nullable ResponseSender sender;

  Connection(ServerContext server, ListenerConfig listener, SocketChannel channel, String id) {
    this.server = server;
    this.listener = listener;
    this.channel = channel;
    this.id = id;
    this.deadlines = new Deadlines(server.limits(), server.nanoTime());
    this.responses =
        new ResponseQueue(this, server.limits().maxInFlight(), "kafka-answers-" + id, ended);
    this.identity = new ConnectionIdentity(listener.sasl());
  }

  String id() {
    return id;
  }

  Deadlines deadlines() {
    return deadlines;
  }

  @Override
  public void run() {
    Transport transport = null;
    try {
      transport = listener.transports().accept(channel);
      identity.connected(transport.principal());
      sender = new ResponseSender(server, transport, deadlines);
      serve(transport);
      close(new CloseException(CloseReason.CLIENT, "The client closed it"), transport);
    } catch (CloseException | IOException | RuntimeException | Error e) {
      close(reason(e), transport);
    } finally {
      responses.awaitEnd();
      server.ended(this, listener, closing.get());
    }
  }

  private CloseException reason(Throwable failure) {
    return switch (failure) {
      case CloseException known -> known;
      case IOException network ->
          new CloseException(CloseReason.NETWORK, "The network failed: " + network.getMessage());
      default -> {
        if (closing.get() == null) {
          server.failed(id, failure);
        }
        yield new CloseException(CloseReason.FAILED, "An unforeseen failure: " + failure);
      }
    };
  }

  /** Closes it from its own thread, with a farewell if its protocol has one. */
  private void close(CloseException reason, @Nullable Transport transport) {
    if (closing.compareAndSet(null, reason)) {
      letGo();
    }
    try {
      if (transport != null) {
        transport.close();
      }
    } catch (IOException | RuntimeException e) {
      server.note(id + " was not closed cleanly: " + e.getMessage());
    }
    closeChannel();
  }

  /** Cuts the connection off, from any thread; the first reason is the one that is told. */
  void cut(CloseException reason) {
    boolean unused = closing.compareAndSet(null, reason);
    closeChannel();
    letGo();
  }

  /** Whoever waits on behalf of this connection need not wait any more. */
  private void letGo() {
    boolean unused = ended.complete(null);
    responses.close();
  }

  private void closeChannel() {
    try {
      channel.close();
    } catch (IOException e) {
      server.note(id + " was not closed cleanly: " + e.getMessage());
    }
  }

  /** Cuts the connection off if it has been stuck or idle for too long. */
  void cutIfPassed() {
    deadlines
        .passed()
        .ifPresent(
            reason ->
                cut(
                    new CloseException(
                        reason,
                        reason == CloseReason.IDLE
                            ? "Nothing came for too long"
                            : "It was stuck halfway for too long")));
  }

  private void serve(Transport transport) throws IOException, CloseException {
    RequestReader reader =
        new RequestReader(transport, server.memory(), this::maxRequestBytes, deadlines);
    boolean hasAsked = false;
    try {
      while (closing.get() == null) {
        deadlines.idle(hasAsked && identity.mayAsk());
        ByteBuffer request = reader.next();
        if (request == null) {
          responses.drain();
          return;
        }
        server.metrics().received(request.remaining() + Integer.BYTES);
        answer(request);
        reader.release();
        beSilent();
        hasAsked = true;
      }
    } finally {
      reader.close();
    }
  }

  /** Who has not said who they are have nothing large to say. */
  private int maxRequestBytes() {
    int max = server.limits().maxRequestBytes();
    return identity.mayAsk() ? max : Math.min(max, MAX_AUTHENTICATION_BYTES);
  }

  private void answer(ByteBuffer bytes) throws IOException, CloseException {
    long start = server.nanoTime().getAsLong();
    RequestContext context = context(bytes);
    ApiHandler<?> handler = handler(context);
    Exchange exchange = new Exchange(context, start, server.memory().charge());
    boolean isHandedOn = false;
    try {
      if (handler instanceof PipelinedHandler<?> pipelined) {
        CompletableFuture<Answer> answer =
            start(pipelined, RequestParser.body(exchange, bytes), context);
        isHandedOn = true;
        responses.add(exchange, answer);
      } else {
        responses.drain();
        AbstractRequest request = RequestParser.body(exchange, copy(bytes));
        AbstractResponse response = call(handler, request, context);
        isHandedOn = true;
        write(exchange, new Reply(response));
      }
    } finally {
      if (!isHandedOn) {
        exchange.close();
      }
    }
    if (identity.isRefused()) {
      throw new CloseException(CloseReason.UNAUTHENTICATED, "It could not prove who it says it is");
    }
  }

  private RequestContext context(ByteBuffer bytes) throws CloseException {
    return new RequestContext(
        RequestParser.header(bytes),
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
            () ->
                new CloseException(
                    CloseReason.UNSUPPORTED, "It asks for " + api + ", unknown here"));
  }

  private static boolean isPartOfAuthentication(ApiKeys api) {
    return api == ApiKeys.API_VERSIONS
        || api == ApiKeys.SASL_HANDSHAKE
        || api == ApiKeys.SASL_AUTHENTICATE;
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
      RequestParser.checkVersion(handler, context);
      return ((ApiHandler<AbstractRequest>) handler).handle(request, newCall(context));
    } catch (RuntimeException e) {
      return switch (error(request, e)) {
        case Reply reply -> reply.response();
        case HangUp hangUp -> throw new CloseException(CloseReason.FAILED, hangUp.reason());
        case Silence silence -> throw new IllegalStateException("A failure is not kept silent");
      };
    }
  }

  /** Starts to answer a request; what comes of it never fails. */
  @SuppressWarnings("unchecked")
  private CompletableFuture<Answer> start(
      PipelinedHandler<?> handler, AbstractRequest request, RequestContext context) {
    try {
      RequestParser.checkVersion(handler, context);
      CompletableFuture<Answer> answer =
          ((PipelinedHandler<AbstractRequest>) handler).start(request, newCall(context));
      return answer.exceptionally(failure -> error(request, failure));
    } catch (RuntimeException e) {
      return CompletableFuture.completedFuture(error(request, e));
    }
  }

  private Call newCall(RequestContext context) {
    return new Call(context, identity, server.access(), ended);
  }

  /** What becomes of a request that failed as a whole. */
  private static Answer error(AbstractRequest request, Throwable failure) {
    RuntimeException told = KafkaErrors.exception(failure);
    try {
      AbstractResponse response = request.getErrorResponse(0, told);
      return response == null
          ? new HangUp("A request without an answer failed: " + told.getMessage())
          : new Reply(response);
    } catch (RuntimeException e) {
      return new HangUp(
          "A request failed: " + told.getMessage() + "; and it has no answer to say so: " + e);
    }
  }

  @Override
  public void write(Exchange exchange, Answer answer) throws IOException, CloseException {
    try (exchange) {
      switch (answer) {
        case Reply reply -> sender().send(exchange, reply.response());
        case Silence silence -> {}
        case HangUp hangUp -> throw new CloseException(CloseReason.FAILED, hangUp.reason());
      }
    }
  }

  private ResponseSender sender() throws IOException {
    ResponseSender opened = sender;
    if (opened == null) {
      throw new IOException("The connection is not open");
    }
    return opened;
  }

  /** A client over its quota isn't read from for as long as it was told to be silent (KIP-219). */
  private void beSilent() throws IOException {
    long nanos = sender().silentNanos();
    if (nanos == 0) {
      return;
    }
    try {
      Void unused = ended.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException over) {
      return;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void failed(Throwable cause) {
    cut(reason(cause));
  }

  @Override
  public void note(String message) {
    server.note(id + ": " + message);
  }
}
