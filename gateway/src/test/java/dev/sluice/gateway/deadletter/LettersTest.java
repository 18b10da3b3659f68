package dev.sluice.gateway.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.connector.testing.ManualClock;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.config.ConnectorSpec.Kind;
import dev.sluice.gateway.connect.ConnectorView;
import dev.sluice.gateway.connect.FaultyRecords;
import dev.sluice.gateway.deadletter.JobView.State;
import dev.sluice.gateway.events.Event;
import dev.sluice.gateway.log.InMemoryLog;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.OwnTopics;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.gateway.rest.FakeConnectors;
import dev.sluice.gateway.rest.Views;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LettersTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final String DEAD = "out.dead-letters";
  private static final String AGAIN = OwnTopics.redelivery("out");
  private static final Selection ALL = new Selection.Matching(Filter.OPEN, null);
  private static final Target ORIGIN = new Target.Origin();

  private final InMemoryLog log = new InMemoryLog();
  private final FaultyRecords records = new FaultyRecords(log);
  private final FakeConnectors connectors = new FakeConnectors();
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final ManualClock clock = new ManualClock(START.plusSeconds(60));
  private Letters letters = open();

  private Letters open() {
    return new Letters(log, records, connectors, events::add, clock);
  }

  @BeforeEach
  void prepare() {
    connectors.put(Views.running("out", Kind.SINK));
    var unused = log.create(DEAD, 2, TopicSettings.DEFAULT);
  }

  @AfterEach
  void close() {
    letters.close();
  }

  private void add(int partition, String code, String value, Instant time) {
    NewRecord letter =
        TestLetters.ofSink(
            "out", "orders", log.endOffset(new TopicPartition(DEAD, partition)), code, value, time);
    var unused = log.append(new TopicPartition(DEAD, partition), List.of(letter)).join();
  }

  private static Selection named(String... ids) {
    TreeSet<LetterId> named = new TreeSet<>();
    Stream.of(ids).map(id -> LetterId.parse(id).orElseThrow()).forEach(named::add);
    return new Selection.Named(named, false);
  }

  private JobView finished(JobView started) throws InterruptedException {
    JobView job = started;
    while (!job.isOver()) {
      job = letters.await(job.id(), job.version(), Duration.ofSeconds(10)).orElseThrow();
    }
    return job;
  }

  private JobView resend(Selection selection) throws InterruptedException {
    return finished(letters.resend(DEAD, selection, ORIGIN, Edit.NONE));
  }

  private List<String> values(Filter filter) {
    return letters.page(DEAD, filter, null, 100).letters().stream()
        .map(found -> new String(found.letter().original().value(), UTF_8))
        .toList();
  }

  private static void eventually(BooleanSupplier condition) {
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .atMost(Duration.ofSeconds(10))
        .until(condition::getAsBoolean);
  }

  private static Filter filter(Filter.State state, String code) {
    return new Filter(state, code, null, null, null, null, null);
  }

  @Test
  void listsTheNewestFirstAcrossPartitionsAndGoesOn() {
    add(0, "a", "first", START);
    add(1, "a", "second", START.plusSeconds(1));
    add(0, "b", "third", START.plusSeconds(2));

    assertThat(values(Filter.OPEN)).containsExactly("third", "second", "first");
    Letters.Page page = letters.page(DEAD, Filter.OPEN, null, 2);
    assertThat(page.letters()).hasSize(2);
    Letters.Page rest = letters.page(DEAD, Filter.OPEN, page.next(), 2);
    assertThat(rest.letters())
        .extracting(found -> found.letter().id().toString())
        .containsExactly("0:0");
    assertThat(rest.next()).isEmpty();
  }

  @Test
  void aJobThatIsOverIsRememberedWithoutWhatItWasGiven() throws InterruptedException {
    add(0, "a", "bad", START);
    WeakReference<Edit> mended = resendMended();

    assertThat(letters.jobs()).singleElement().satisfies(job -> assertThat(job.done()).isOne());
    eventually(
        () -> {
          System.gc();
          return mended.refersTo(null);
        });
  }

  private WeakReference<Edit> resendMended() throws InterruptedException {
    Edit edit = new Edit(null, new Edit.Content("mended".getBytes(UTF_8)));
    JobView unused = finished(letters.resend(DEAD, named("0:0"), ORIGIN, edit));
    return new WeakReference<>(edit);
  }

  @Test
  void filtersByErrorTextAndTime() {
    add(0, "a", "Apple", START);
    add(0, "b", "pear", START.plusSeconds(1));

    assertThat(values(filter(Filter.State.OPEN, "b"))).containsExactly("pear");
    assertThat(values(new Filter(Filter.State.OPEN, null, null, null, "APPLE", null, null)))
        .containsExactly("Apple");
    assertThat(
            values(
                new Filter(
                    Filter.State.OPEN, null, null, "orders", null, START.plusSeconds(1), null)))
        .containsExactly("pear");
    assertThat(values(new Filter(Filter.State.OPEN, null, "other", null, null, null, null)))
        .isEmpty();
  }

  @Test
  void readsBackThroughMoreThanOneWindow() {
    for (int i = 0; i < 300; i++) {
      add(0, "a", "v" + i, START.plusSeconds(i));
    }
    assertThat(letters.page(DEAD, Filter.OPEN, null, 500).letters())
        .extracting(found -> found.letter().id().offset())
        .hasSize(300)
        .isSortedAccordingTo(Comparator.reverseOrder());
  }

  @Test
  void countsByErrorAndOnlyWhatIsOpen() throws InterruptedException {
    add(0, "a", "1", START);
    add(0, "a", "2", START.plusSeconds(1));
    add(1, "b", "3", START.plusSeconds(2));
    assertThat(letters.topics().getFirst().byCode()).containsEntry("a", 2L).containsEntry("b", 1L);

    JobView job = finished(letters.discard(DEAD, named("0:0")));
    add(0, "c", "4", START.plusSeconds(3));

    assertThat(job.done()).isEqualTo(1);
    Letters.TopicOfLetters topic = letters.topics().getFirst();
    assertThat(topic.byCode()).containsEntry("a", 1L).containsEntry("c", 1L);
    assertThat(topic.open()).isEqualTo(3);
    assertThat(topic.discarded()).isEqualTo(1);
    assertThat(topic.oldest()).isEqualTo(START.plusSeconds(1));
    assertThat(topic.connectors()).containsExactly("out");
    assertThat(topic.isComplete()).isTrue();
  }

  @Test
  void countsAnewWhatWasDeletedAndMadeAnew() throws InterruptedException {
    add(0, "a", "old", START);
    var unusedCount = letters.topics();
    var unusedJob = resend(ALL);
    log.delete(DEAD);
    var unusedTopic = log.create(DEAD, 2, TopicSettings.DEFAULT);
    clock.advance(Duration.ofSeconds(60));
    add(0, "b", "new", clock.instant());

    assertThat(letters.topics().getFirst().byCode()).containsOnlyKeys("b");
    assertThat(values(Filter.OPEN)).containsExactly("new");
  }

  @Test
  void findsTopicsOfLettersWhateverTheyAreCalled() {
    var unused = log.create("set-aside", 1, TopicSettings.DEFAULT);
    var unusedOther = log.create("orders", 1, TopicSettings.DEFAULT);
    NewRecord letter = TestLetters.ofSink("gone", "x", 1, "a", "v", START);
    NewRecord other = new NewRecord(1, null, null, List.of());
    var unusedLetter = log.append(new TopicPartition("set-aside", 0), List.of(letter)).join();
    var unusedRecord = log.append(new TopicPartition("orders", 0), List.of(other)).join();

    assertThat(letters.topics())
        .extracting(Letters.TopicOfLetters::name)
        .containsExactly(DEAD, "set-aside");
  }

  @Test
  void sendsAllThatMatchInOrderMarksThemAndTells() throws InterruptedException {
    add(0, "a", "1", START);
    add(0, "b", "2", START);
    add(0, "a", "3", START);
    JobView job = resend(new Selection.Matching(filter(Filter.State.OPEN, "a"), null));

    assertThat(job.state()).isEqualTo(State.DONE);
    assertThat(job.done()).isEqualTo(2);
    assertThat(job.examined()).isEqualTo(job.total()).isEqualTo(3);
    assertThat(records.values(AGAIN)).containsExactly("1", "3");
    assertThat(values(Filter.OPEN)).containsExactly("2");
    assertThat(letters.find(DEAD, new LetterId(0, 0)).orElseThrow().mark())
        .isEqualTo(new Mark(Mark.Act.SENT, clock.instant(), "out"));
    eventually(() -> !events.isEmpty());
    assertThat(events.getFirst().type()).isEqualTo("dead-letters.resent");
    assertThat(events.getFirst().subject()).isEqualTo(DEAD);
    assertThat(events.getFirst().message()).contains("2 dead letters");
  }

  @Test
  void knowsWhatWasDoneAfterARestart() throws InterruptedException {
    add(0, "a", "1", START);
    add(0, "a", "2", START);
    var unused = resend(named("0:1"));
    letters.close();
    letters = open();

    assertThat(values(Filter.OPEN)).containsExactly("1");
    assertThat(values(new Filter(Filter.State.SENT, null, null, null, null, null, null)))
        .containsExactly("2");
  }

  @Test
  void sendsWhatWasChangedInPlaceOfTheLetter() throws InterruptedException {
    add(0, "a", "bad", START);
    Edit edit = new Edit(null, new Edit.Content("good".getBytes(UTF_8)));
    var unused = finished(letters.resend(DEAD, named("0:0"), ORIGIN, edit));

    assertThat(records.values(AGAIN)).containsExactly("good");
  }

  @Test
  void aLetterWhoseRecordIsNotDurableStaysOpen() throws InterruptedException {
    add(0, "a", "1", START);
    var unused = log.create(AGAIN, 1, TopicSettings.DEFAULT);
    records.fail(AGAIN, LogException.Code.DISK_FULL);
    JobView job = resend(ALL);

    assertThat(job.state()).isEqualTo(State.FAILED);
    assertThat(job.done()).isZero();
    assertThat(job.error()).contains("fails as told");
    assertThat(values(Filter.OPEN)).containsExactly("1");
  }

  @Test
  void aLetterThatCannotBeMarkedStaysOpenAndMayBeSentOnceMore() throws InterruptedException {
    add(0, "a", "1", START);
    records.fail(OwnTopics.DEAD_LETTER_MARKS, LogException.Code.PARTITION_OFFLINE);
    JobView job = resend(ALL);

    assertThat(job.state()).isEqualTo(State.FAILED);
    assertThat(job.done()).isZero();
    assertThat(records.values(AGAIN)).containsExactly("1");
    assertThat(values(Filter.OPEN)).containsExactly("1");
    records.fail(OwnTopics.DEAD_LETTER_MARKS, null);

    assertThat(resend(ALL).done()).isEqualTo(1);
    assertThat(records.values(AGAIN)).containsExactly("1", "1");
    assertThat(values(Filter.OPEN)).isEmpty();
  }

  @Test
  void whatTheLogRefusesStaysOpenAndTheOthersGo() throws InterruptedException {
    add(0, "a", "small", START);
    add(0, "a", "much too large", START);
    records.refuseLargerThan(5);
    JobView job = resend(named("0:1"));

    assertThat(job.refused()).isEqualTo(1);
    assertThat(job.refusals().getFirst().code()).isEqualTo("log-too-large");
    assertThat(job.done()).isZero();
    assertThat(values(Filter.OPEN)).containsExactly("much too large", "small");
  }

  @Test
  void sendsNoLetterTwiceUnlessAsked() throws InterruptedException {
    add(0, "a", "1", START);
    var unused = resend(named("0:0"));
    JobView second = resend(named("0:0", "1:9"));
    JobView asked = resend(new Selection.Named(new TreeSet<>(List.of(new LetterId(0, 0))), true));

    assertThat(second.refusals())
        .extracting(JobView.Refusal::code)
        .containsExactly("letter-dealt-with", "letter-unknown");
    assertThat(asked.done()).isEqualTo(1);
    assertThat(records.values(AGAIN)).containsExactly("1", "1");
  }

  @Test
  void countsWhatAFilterTakesAndMeansJustThat() throws InterruptedException {
    add(0, "a", "1", START);
    Letters.Matching matching = letters.matching(DEAD, Filter.OPEN);
    add(0, "a", "later", START);
    JobView job =
        finished(letters.discard(DEAD, new Selection.Matching(Filter.OPEN, matching.upTo())));

    assertThat(matching.matching()).isEqualTo(1);
    assertThat(matching.isComplete()).isTrue();
    assertThat(job.done()).isEqualTo(1);
    assertThat(values(Filter.OPEN)).containsExactly("later");
  }

  @Test
  void oneJobDealsWithATopicAtATimeAndCanBeCancelled() throws InterruptedException {
    add(0, "a", "1", START);
    add(1, "a", "2", START);
    var unused = log.create(AGAIN, 1, TopicSettings.DEFAULT);
    records.hold(AGAIN);
    JobView first = letters.resend(DEAD, ALL, ORIGIN, Edit.NONE);
    eventually(() -> records.heldCount() == 1);

    assertThatThrownBy(() -> letters.discard(DEAD, ALL))
        .isInstanceOf(LetterException.class)
        .hasMessageContaining(first.id());
    letters.cancel(first.id());
    records.releaseAll();

    JobView job = finished(first);
    assertThat(job.state()).isEqualTo(State.CANCELLED);
    assertThat(job.done()).isEqualTo(1);
    assertThat(values(Filter.OPEN)).containsExactly("2");
  }

  @Test
  void aJobThatBreaksIsOverAndTellsOfIt() throws InterruptedException {
    add(0, "a", "1", START);
    AtomicBoolean isVirtual = new AtomicBoolean(true);
    FakeConnectors breaking =
        new FakeConnectors() {
          @Override
          public Optional<ConnectorSpec> spec(String name) {
            isVirtual.set(Thread.currentThread().isVirtual());
            throw new StackOverflowError("as told");
          }
        };
    letters.close();
    letters = new Letters(log, records, breaking, events::add, clock);
    JobView job = resend(ALL);

    assertThat(job.state()).isEqualTo(State.FAILED);
    assertThat(job.error()).contains("StackOverflowError");
    eventually(() -> !events.isEmpty());
    assertThat(events.getFirst().message()).contains("Then the job failed");
    assertThat(isVirtual).as("what computes for long holds up no virtual thread").isFalse();
    assertThat(finished(letters.discard(DEAD, ALL)).done()).isEqualTo(1);
  }

  @Test
  void doesNotAskHowAConnectorFaresForEachLetter() throws InterruptedException {
    add(0, "a", "1", START);
    FakeConnectors declared =
        new FakeConnectors() {
          @Override
          public Optional<ConnectorView> find(String name) {
            throw new AssertionError("That asks for the connector's lag.");
          }
        };
    declared.put(Views.running("out", Kind.SINK));
    letters.close();
    letters = new Letters(log, records, declared, events::add, clock);

    assertThat(resend(ALL).done()).isEqualTo(1);
  }

  @Test
  void forgetsMarksOfLettersThatRetentionHasDeleted() throws InterruptedException {
    for (int i = 0; i < MarkBlock.SIZE + 1; i++) {
      add(0, "a", "v", START);
    }
    var unused = finished(letters.discard(DEAD, ALL));
    log.deleteBefore(new TopicPartition(DEAD, 0), MarkBlock.SIZE);
    add(1, "a", "v", START);
    var unusedOther = finished(letters.discard(DEAD, ALL));

    assertThat(log.all(OwnTopics.DEAD_LETTER_MARKS))
        .filteredOn(mark -> mark.value() == null)
        .extracting(mark -> new String(mark.key(), UTF_8))
        .containsExactly(DEAD + "/0/0");
    assertThat(letters.topics().getFirst().open()).isZero();
  }
}
