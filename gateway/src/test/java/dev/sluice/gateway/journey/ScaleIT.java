package dev.sluice.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.sluice.gateway.process.KafkaClients;
import dev.sluice.gateway.process.SluiceProcess;
import dev.sluice.gateway.ui.TestBrowser;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every view of a gateway with 2,000 topics, 200 connectors and 50 groups, but for captures, which
 * look the same in a large one: how long after its data a view shows them, and how long it takes to
 * answer to a key then. {@code -Dlong=true}; the times are printed, not judged, since they are
 * those of the machine.
 */
@EnabledIfSystemProperty(named = "long", matches = "true")
class ScaleIT {

  @RegisterExtension static final TestBrowser browser = new TestBrowser();

  private static final int TOPICS = 2_000;
  private static final int CONNECTORS = 200;
  private static final int GROUPS = 50;

  private static final List<View> VIEWS =
      List.of(
          new View("overview", "/", "connectors are drawn"),
          new View("overview-drawn", "/?troubled=false", "sink-0"),
          new View("topics", "/ui/topics", "topic-0000"),
          new View("topic-records", "/ui/topics/topic-0000", "Partition"),
          new View("topic-search", "/ui/topics/topic-0000?start=search&text=sensor", "found"),
          new View("topic-partitions", "/ui/topics/topic-0000?tab=partitions", "Partition"),
          new View("topic-clients", "/ui/topics/topic-0000?tab=clients", "sink-000"),
          new View("topic-settings", "/ui/topics/topic-0000?tab=settings", "etention"),
          new View("connectors", "/ui/connectors", "sink-000"),
          new View("connector", "/ui/connectors/source-000", "Task 0"),
          new View("connector-catalogue", "/ui/new-connector", "PostgreSQL"),
          new View("connector-new", "/ui/new-connector/sink/jdbc", "Options"),
          new View("connector-errors", "/ui/connectors/refuses?tab=errors", "record set aside"),
          new View("connector-positions", "/ui/connectors/sink-000?tab=positions", "topic-0000"),
          new View("connector-configuration", "/ui/connectors/sink-000?tab=configuration", "path"),
          new View("connector-edit", "/ui/connectors/sink-000/edit", "Options"),
          new View("dead-letters", "/ui/dead-letters", "refuses.dead-letters"),
          new View("dead-letters-topic", "/ui/dead-letters/refuses.dead-letters", "refuses"),
          new View(
              "dead-letter",
              "/ui/dead-letters/refuses.dead-letters?letter=0%3A0",
              "[role=dialog]",
              "sensor"),
          new View("groups", "/ui/groups", "connect-sink-000"),
          new View("group", "/ui/groups/group-00", "topic-0000"),
          new View("events", "/ui/events", "was started"),
          new View("configuration", "/ui/configuration", "topic-0000"));

  /** Sets aside whatever it reads. */
  private static final String REFUSES =
      """
        refuses:
          sink: jdbc
          topics: [topic-0000]
          config:
            url: "jdbc:h2:mem:refuses;INIT=create table if not exists \\"t\\" (\\"sensor\\" int, \\"celsius\\" double, \\"time\\" varchar)"
            table: t
            mode: insert
          errors: {retries: 0, then: dead-letter}
      """;

  /** Notes when data came, when the wanted text was there, and what kept the page busy. */
  private static final String WATCH =
      """
      window.watched = {event: 0, tasks: []};
      new PerformanceObserver((list) => {
        for (const task of list.getEntries()) {
          watched.tasks.push([task.startTime, task.startTime + task.duration]);
        }
      }).observe({type: "longtask", buffered: true});
      const Plain = window.EventSource;
      window.EventSource = class extends Plain {
        constructor(...given) {
          super(...given);
          this.addEventListener("message", () => {
            watched.event ||= performance.now();
          });
        }
      };
      """;

  /** Answers in each frame whether the text is there, and when it was first. */
  private static final String SHOWN =
      """
      ([place, text]) => {
        if (document.querySelector(place)?.textContent.includes(text)
            && document.querySelector(".mantine-Loader-root") === null) {
          watched.shown ??= performance.now();
        }
        return watched.shown !== undefined && performance.now() > watched.shown + 2000;
      }
      """;

  /** Milliseconds from the page's start. */
  private static final String TIMES =
      """
      () => {
        const answers = performance.getEntriesByType("resource")
          .filter((entry) => entry.name.includes("/api/v1/") && entry.responseEnd > 0
            && entry.responseEnd <= watched.shown);
        const data = Math.max(watched.event < watched.shown ? watched.event : 0,
          ...answers.map((entry) => entry.responseEnd));
        const busy = watched.tasks.filter((task) => task[1] > data);
        const first = busy.filter((task) => task[0] <= watched.shown).map((task) => task[1]);
        return {data, shown: watched.shown, interactive: Math.max(watched.shown, ...first),
          longest: Math.max(0, ...busy.map((task) => task[1] - task[0])),
          nodes: document.querySelectorAll("*").length};
      }
      """;

  /** Milliseconds from a key to the next frame that is drawn. */
  private static final String KEY =
      """
      () => new Promise((resolve) => {
        addEventListener("keydown", () => {
          const pressed = performance.now();
          requestAnimationFrame(() => setTimeout(() => {
            watched.key = performance.now() - pressed;
          }));
        }, {once: true, capture: true});
        resolve();
      })
      """;

  @TempDir private Path directory;

  @Test
  void everyViewOfALargeGateway() throws Exception {
    try (SluiceProcess gateway = SluiceProcess.start(directory, yaml())) {
      commit(gateway);
      gateway.await("a dead letter", () -> gateway.count("refuses.dead-letters") > 0);
      System.out.printf(
          "%d topics, %d connectors, %d groups%n",
          gateway.get("/api/v1/topics").size(),
          gateway.connectors().size(),
          gateway.get("/api/v1/groups").size());
      System.out.printf(
          "%-24s %8s %8s %12s %10s %8s %8s%n",
          "view", "data ms", "shown ms", "after data", "long task", "key ms", "elements");
      for (View view : VIEWS) {
        measure(gateway, view);
      }
    }
  }

  private static void measure(SluiceProcess gateway, View view) {
    Page page = browser.page(gateway.uri("/"), TestBrowser.WIDE, ColorScheme.LIGHT);
    page.addInitScript(WATCH);
    var unused = page.navigate(gateway.uri(view.path()).toString());
    var found =
        page.waitForFunction(
            SHOWN,
            List.of(view.place(), view.ready()),
            new Page.WaitForFunctionOptions().setTimeout(60_000));
    Map<?, ?> times = (Map<?, ?>) page.evaluate(TIMES);
    double data = number(times, "data");
    System.out.printf(
        "%-24s %8.0f %8.0f %12.0f %10.0f %8.0f %8.0f%n",
        view.name(),
        data,
        number(times, "shown"),
        number(times, "interactive") - data,
        number(times, "longest"),
        answer(page),
        number(times, "nodes"));
    assertThat(found).isNotNull();
    page.close();
  }

  /** Presses a key and answers after how many milliseconds the page has drawn itself anew. */
  private static double answer(Page page) {
    var armed = page.evaluate(KEY);
    page.keyboard().press("Tab");
    var drawn = page.waitForFunction("() => watched.key !== undefined");
    assertThat(armed == null && drawn != null).isTrue();
    return number(Map.of("key", page.evaluate("() => watched.key")), "key");
  }

  private static double number(Map<?, ?> times, String name) {
    return times.get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  private static String yaml() {
    String topics =
        IntStream.range(0, TOPICS)
            .mapToObj("  topic-%04d: {}"::formatted)
            .collect(Collectors.joining("\n"));
    String connectors =
        IntStream.range(0, CONNECTORS / 2)
            .mapToObj(
                n ->
                    """
                      source-%1$03d: {source: simulator, topic: topic-%2$04d, config: {interval: 2s}}
                      sink-%1$03d: {sink: file, topics: [topic-%2$04d], config: {path: "${data}/out/%1$03d"}}\
                    """
                        .formatted(n, n * (TOPICS / CONNECTORS) * 2))
            .collect(Collectors.joining("\n"));
    return "topics:\n" + topics + "\nconnectors:\n" + connectors + "\n" + REFUSES;
  }

  private static void commit(SluiceProcess gateway) throws Exception {
    try (Admin admin = KafkaClients.admin(gateway)) {
      List<Future<Void>> commits =
          IntStream.range(0, GROUPS)
              .<Future<Void>>mapToObj(
                  n ->
                      admin
                          .alterConsumerGroupOffsets(
                              "group-%02d".formatted(n),
                              Map.of(
                                  new TopicPartition("topic-%04d".formatted(n * 20), 0),
                                  new OffsetAndMetadata(0)))
                          .all())
              .toList();
      for (Future<Void> commit : commits) {
        var unused = commit.get();
      }
    }
  }
}
