package dev.sluice.gateway.deadletter;

import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.connect.ConnectorView;
import dev.sluice.gateway.connect.Connectors;
import dev.sluice.gateway.deadletter.Mark.Act;
import dev.sluice.gateway.events.Events;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.TopicDescription;
import dev.sluice.gateway.log.Topics;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The dead letters of the gateway, and what can be done with them. Thread-safe. */
@Singleton
public final class Letters {

  /** How long a request may count before it answers with what it has. */
  private static final Duration COUNTING = Duration.ofMillis(500);

  private static final int PAGE_EXAMINED = 20_000;
  private static final int PAGE_BYTES = 4 << 20;

  private final Topics topics;
  private final Records records;
  private final Connectors connectors;
  private final Clock clock;
  private final Marks marks;
  private final LetterReader reader;
  private final LetterTopics letterTopics;
  private final LetterJobs jobs;
  private final Map<String, Census> censuses = new ConcurrentHashMap<>();
  private final AtomicInteger known = new AtomicInteger();

  @Inject
  Letters(Topics topics, Records records, Connectors connectors, Events events) {
    this(topics, records, connectors, events, Clock.systemUTC());
  }

  Letters(Topics topics, Records records, Connectors connectors, Events events, Clock clock) {
    this.topics = topics;
    this.records = records;
    this.connectors = connectors;
    this.clock = clock;
    this.marks = new Marks(topics, records, clock);
    this.reader = new LetterReader(records, marks);
    this.letterTopics = new LetterTopics(records);
    this.jobs = new LetterJobs(events, clock);
  }

  /**
   * A topic of letters.
   *
   * @param name its name
   * @param connectors those that set letters aside there, or are to
   * @param open letters that have not been dealt with
   * @param sent letters that were sent again
   * @param discarded letters that were discarded
   * @param byCode open letters by their error's code
   * @param oldest when the oldest open letter was set aside; null if there is none that tells
   * @param newest when the newest open one was
   * @param isComplete whether all were counted; else there are at least so many
   * @param unreadable why it could not be counted, or null
   */
  public record TopicOfLetters(
      String name,
      List<String> connectors,
      long open,
      long sent,
      long discarded,
      SortedMap<String, Long> byCode,
      @Nullable Instant oldest,
      @Nullable Instant newest,
      boolean isComplete,
      @Nullable String unreadable) {}

  /**
   * Some letters, the newest first.
   *
   * @param letters them
   * @param examined how many were looked at
   * @param next of each partition, the offset before which to go on; empty at the end
   */
  public record Page(List<MarkedLetter> letters, long examined, SortedMap<Integer, Long> next) {}

  /**
   * How many letters a filter takes.
   *
   * @param matching so many
   * @param isComplete whether all were looked at; else there are at least so many
   * @param upTo of each partition, the offset behind the last one that was meant
   */
  public record Matching(long matching, boolean isComplete, SortedMap<Integer, Long> upTo) {}

  /** The topics that hold letters, by name. Counts for half a second at most. */
  public List<TopicOfLetters> topics() {
    List<ConnectorSpec> specs = connectors.list().stream().map(ConnectorView::spec).toList();
    List<TopicDescription> found = letterTopics.among(topics.list(), specs);
    forgetAllBut(found.stream().map(TopicDescription::name).toList());
    long deadline = System.nanoTime() + COUNTING.toNanos();
    return found.stream().map(topic -> count(topic, specs, deadline)).toList();
  }

  private void forgetAllBut(List<String> names) {
    censuses
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !names.contains(entry.getKey());
              if (gone) {
                entry.getValue().clear();
              }
              return gone;
            });
  }

  private TopicOfLetters count(
      TopicDescription topic, List<ConnectorSpec> specs, long deadlineNanos) {
    String name = topic.name();
    TreeSet<String> who = new TreeSet<>();
    specs.stream()
        .filter(spec -> spec.errors().deadLetterTopic().equals(name))
        .forEach(spec -> who.add(spec.name()));
    try {
      Census.Counts counts =
          censuses
              .computeIfAbsent(name, added -> new Census(added, reader, marks, known))
              .count(Bounds.now(records, name, topic.partitions().size()), deadlineNanos);
      who.addAll(counts.connectors());
      return new TopicOfLetters(
          name,
          List.copyOf(who),
          counts.open(),
          counts.sent(),
          counts.discarded(),
          counts.byCode(),
          counts.oldest(),
          counts.newest(),
          counts.isComplete(),
          null);
    } catch (LogException e) {
      return new TopicOfLetters(
          name, List.copyOf(who), 0, 0, 0, new TreeMap<>(), null, null, false, e.getMessage());
    }
  }

  /**
   * Letters that the filter takes, the newest first.
   *
   * @param before of each partition, the offset before which to begin; null for the end
   * @param limit so many at most
   * @throws LogException if the topic is not there or can't be read
   */
  public Page page(
      String topic, Filter filter, @Nullable SortedMap<Integer, Long> before, int limit) {
    Bounds now = now(topic);
    NewestFirst.Page page =
        new NewestFirst(reader, topic, before == null ? now : now.upTo(before))
            .read(filter, limit, PAGE_EXAMINED, PAGE_BYTES);
    return new Page(page.letters(), page.examined(), page.next());
  }

  /** The letter at this place, if there is one. */
  public Optional<MarkedLetter> find(String topic, LetterId id) {
    return id.partition() < topics.partitionCount(topic)
        ? reader.find(topic, id)
        : Optional.empty();
  }

  /** How many letters the filter takes; looks for half a second at most. */
  public Matching matching(String topic, Filter filter) {
    Bounds bounds = now(topic);
    Count count = new Count(reader, topic, filter, System.nanoTime() + COUNTING.toNanos());
    boolean isComplete = count.all(bounds);
    return new Matching(count.matching(), isComplete, bounds.ends());
  }

  /** Where letters go if they are sent to where they came from, as things are now. */
  public List<Destination> destinations(List<Letter> letters) {
    Routes routes = routes();
    return letters.stream().map(routes::destination).toList();
  }

  /**
   * Begins to send letters again.
   *
   * @throws LetterException if too much is being done already
   * @throws LogException if the topic is not there or can't be read
   */
  public JobView resend(String topic, Selection selection, Target target, Edit edit) {
    return jobs.start(
        topic,
        () ->
            job(
                topic,
                Act.SENT,
                selection,
                new Work.Resend(routes(), new Sender(topics, records), target, edit)));
  }

  /** Begins to discard letters; fails as {@link #resend}. */
  public JobView discard(String topic, Selection selection) {
    return jobs.start(topic, () -> job(topic, Act.DISCARDED, selection, new Work.Discard()));
  }

  private LetterJob job(String topic, Act act, Selection selection, Work work) {
    Bounds bounds = now(topic);
    if (selection instanceof Selection.Matching matching && matching.upTo() != null) {
      bounds = bounds.upTo(matching.upTo());
    }
    return new LetterJob(
        UUID.randomUUID().toString(), topic, act, selection, bounds, work, reader, marks, clock);
  }

  /** The jobs of this process, the latest first. */
  public List<JobView> jobs() {
    return jobs.list();
  }

  /** A job as it is now. */
  public Optional<JobView> job(String id) {
    return jobs.find(id).map(JobProgress::view);
  }

  /** Waits for something new of a job, or until the time is over. */
  public Optional<JobView> await(String id, long version, Duration timeout)
      throws InterruptedException {
    Optional<JobProgress> job = jobs.find(id);
    return job.isEmpty() ? Optional.empty() : Optional.of(job.get().await(version, timeout));
  }

  /** Asks a job to end after what it is at. */
  public void cancel(String id) {
    jobs.cancel(id);
  }

  private Routes routes() {
    return new Routes(connectors::spec);
  }

  private Bounds now(String topic) {
    return Bounds.now(records, topic, topics.partitionCount(topic));
  }

  /** Lets jobs end after what they are at, for a while. */
  @PreDestroy
  public void close() {
    jobs.close();
  }
}
