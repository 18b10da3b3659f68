package dev.sluice.sink.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server that notes what it gets and answers 204 unless told otherwise. */
final class FakeServer implements AutoCloseable {

  record Request(String method, Map<String, String> headers, String body) {}

  private record Planned(int status, Map<String, String> headers) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<String> accepted = new CopyOnWriteArrayList<>();
  private final Map<String, Planned> planned = new ConcurrentHashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile String refused = "what no body contains";
  private volatile String unanswered = "what no body contains";

  FakeServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/in", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/in?key=query-secret";
  }

  /** Answers the next request with that body once with that status. */
  void answer(String body, int status, Map<String, String> headers) {
    planned.put(body, new Planned(status, headers));
  }

  /** Answers 400 to all requests whose body contains the text. */
  void alwaysRefuse(String text) {
    refused = text;
  }

  void neverAnswer(String text) {
    unanswered = text;
  }

  List<Request> requests() {
    return requests;
  }

  List<String> bodies() {
    return requests.stream().map(Request::body).toList();
  }

  List<String> acceptedBodies() {
    return new ArrayList<>(accepted);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, String> headers = new HashMap<>();
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
    requests.add(new Request(exchange.getRequestMethod(), headers, body));
    if (body.contains(unanswered)) {
      awaitClose();
    }
    Planned plan = planned.remove(body);
    if (plan != null) {
      plan.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(plan.status(), -1);
    } else if (body.contains(refused)) {
      byte[] text = ("refused: " + "x".repeat(100_000)).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(400, text.length);
      exchange.getResponseBody().write(text);
    } else {
      accepted.add(body);
      exchange.sendResponseHeaders(204, -1);
    }
    exchange.close();
  }

  private void awaitClose() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
