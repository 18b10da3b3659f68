package dev.sluice.gateway.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A reader of server-sent events. */
public record Events(HttpClient client, BufferedReader lines) implements AutoCloseable {

  /** An event; what it does not have is empty. */
  public record Event(String name, String id, String data) {

    Event(String id, String data) {
      this("", id, data);
    }
  }

  /** Opens a stream of the application under test. */
  public static Events open(String path, @Nullable String lastEventId)
      throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest.Builder request = HttpRequest.newBuilder(Api.uri(path));
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    HttpResponse<InputStream> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/event-stream");
    return new Events(client, new BufferedReader(new InputStreamReader(response.body(), UTF_8)));
  }

  public Event next() throws IOException {
    String name = "";
    String id = "";
    List<String> data = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("id:")) {
        id = line.substring(3).strip();
      } else if (line.startsWith("event:")) {
        name = line.substring(6).strip();
      } else if (line.startsWith("data:")) {
        data.add(line.substring(5).stripLeading());
      } else if (line.isEmpty() && !data.isEmpty()) {
        return new Event(name, id, String.join("\n", data));
      }
    }
    throw new IOException("The stream has ended");
  }

  public Event nextWith(String text) throws IOException {
    Event event = next();
    while (!event.data().contains(text)) {
      event = next();
    }
    return event;
  }

  public String comment() throws IOException {
    String line = lines.readLine();
    while (!line.startsWith(":")) {
      line = lines.readLine();
    }
    return line.substring(1).strip();
  }

  public boolean ended() throws IOException {
    String line = lines.readLine();
    while (line != null && line.isEmpty()) {
      line = lines.readLine();
    }
    return line == null;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
