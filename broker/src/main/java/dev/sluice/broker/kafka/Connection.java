package dev.sluice.broker.kafka;

import dev.sluice.broker.kafka.KafkaMetrics.CloseReason;
import dev.sluice.broker.kafka.PipelinedHandler.Answer;
import dev.sluice.broker.kafka.PipelinedHandler.HangUp;
import dev.sluice.broker.kafka.PipelinedHandler.Reply;
import dev.sluice.broker.kafka.PipelinedHandler.Silence;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
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

  /** The same; the one that looks after deadlines uses it, too. */
  private volatile @Nullable ReadAhead ahead;

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
      transport = open();
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

  private Transport open() throws IOException, CloseException {
    try {
      return listener.transports().accept(channel);
    } catch (SSLException e) {
      throw new CloseException(
          e.getCause() instanceof EOFException ? CloseReason.CLIENT : CloseReason.HANDSHAKE,
          "The TLS handshake failed: " + e.getMessage());
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

  /** Whether a request waits for something else than its client. */
  boolean isWaiting() {
    ReadAhead open = ahead;
    return open != null && open.isAway();
  }

  /** Cuts the connection off if it has been stuck or idle for too long, or its client is gone. */
  void cutIfPassed() {
    ReadAhead open = ahead;
    if (open != null) {
      open.look();
    }
    deadlines
        .passed(server.responseMemory().isWanted())
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
    ReadAhead opened = new ReadAhead(transport, this::clientWent);
    ahead = opened;
    RequestReader reader =
        new RequestReader(transport, opened, server.memory(), this::maxRequestBytes, deadlines);
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
        answer(request, reader);
        reader.release();
        beSilent();
        hasAsked = true;
      }
    } finally {
      reader.close();
    }
  }

  private void clientWent() {
    cut(new CloseException(CloseReason.CLIENT, "The client went while its request was waiting"));
  }

  /** Who has not said who they are have nothing large to say. */
  private int maxRequestBytes() {
    int max = server.limits().maxRequestBytes();
    return identity.mayAsk() ? max : Math.min(max, MAX_AUTHENTICATION_BYTES);
  }

  private void answer(ByteBuffer bytes, RequestReader reader) throws IOException, CloseException {
    RequestContext context = context(bytes);
    ApiHandler<?> handler = handler(context);
    Exchange exchange =
        new Exchange(
            context,
            server.nanoTime().getAsLong(),
            server.memory().charge(),
            server.responseMemory().room());
    switch (handler) {
      case PipelinedHandler<?> pipelined ->
          responses.add(exchange, start(pipelined, exchange, bytes));
      case BlockingHandler<?> blocking -> {
        responses.drain();
        write(exchange, call(blocking, exchange, bytes, reader));
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

  /**
   * Has a request answered. It gets a copy of its bytes, for what it keeps of them must outlive the
   * buffer that they came in; that may serve others while this one waits.
   */
  private Answer call(
      BlockingHandler<?> handler, Exchange exchange, ByteBuffer bytes, RequestReader reader)
      throws CloseException {
    boolean isAnswered = false;
    try {
      ByteBuffer copy = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
      reader.release();
      reserve(exchange, copy.remaining());
      AbstractRequest request = RequestParser.body(exchange, copy);
      reader.away();
      Answer answer = call(handler, request, exchange.context());
      reader.back();
      isAnswered = true;
      return answer;
    } finally {
      if (!isAnswered) {
        exchange.close();
      }
    }
  }

  /** Takes memory for the copy of a request, if it is large, and for its answer. */
  private void reserve(Exchange exchange, int bytes) throws CloseException {
    try {
      if ((bytes <= RequestReader.OWN_BYTES || exchange.charge().add(bytes))
          && exchange.room().reserve(exchange.context().header.apiKey())) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new CloseException(CloseReason.OVERLOAD, "No memory was free for a request's answer");
  }

  @SuppressWarnings("unchecked") // The registry finds handlers by API, and so does the parser.
  private Answer call(BlockingHandler<?> handler, AbstractRequest request, RequestContext context) {
    try {
      RequestParser.checkVersion(handler, context);
      return new Reply(
          ((BlockingHandler<AbstractRequest>) handler).handle(request, newCall(context)));
    } catch (RuntimeException e) {
      return error(request, e);
    }
  }

  /** Starts to answer a request; what comes of it never fails. */
  private CompletableFuture<Answer> start(
      PipelinedHandler<?> handler, Exchange exchange, ByteBuffer bytes) throws CloseException {
    boolean isStarted = false;
    try {
      CompletableFuture<Answer> answer =
          start(handler, RequestParser.body(exchange, bytes), exchange.context());
      isStarted = true;
      return answer;
    } finally {
      if (!isStarted) {
        exchange.close();
      }
    }
  }

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
    return new Call(context, identity, server.access(), server.changes(), ended);
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
