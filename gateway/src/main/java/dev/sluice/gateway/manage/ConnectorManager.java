package dev.sluice.gateway.manage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.config.DraftResult;
import dev.sluice.gateway.config.DraftResult.DraftProblem;
import dev.sluice.gateway.config.Drafts;
import dev.sluice.gateway.config.GatewayConfig;
import dev.sluice.gateway.connect.Connectors;
import dev.sluice.gateway.events.Event;
import dev.sluice.gateway.events.Events;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.PrivateFiles;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.Topics;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All connectors that are declared, by the file and over HTTP, and the one place where either
 * changes: what is declared is durable, then the readers of topics are told, then it runs. The file
 * has the say over the names that it declares. Thread-safe; the lock guards all state.
 */
public final class ConnectorManager {

  /** How many connectors may be made over HTTP. */
  public static final int MAX_CONNECTORS = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(ConnectorManager.class);

  private final DeclarationStore store;
  private final Declarations declarations;
  private final Connectors runtime;
  private final Consumer<Collection<ConnectorSpec>> readers;
  private final Events events;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private FileDeclares file = FileDeclares.NOTHING;
  private boolean isRunning;

  private Map<String, ConnectorSpec> made = Map.of();

  private ConnectorManager(
      DeclarationStore store,
      Declarations declarations,
      Connectors runtime,
      Consumer<Collection<ConnectorSpec>> readers,
      Events events,
      Clock clock) {
    this.store = store;
    this.declarations = declarations;
    this.runtime = runtime;
    this.readers = readers;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Reads what was declared earlier; runs nothing before {@link #takeUp}.
   *
   * @param files where secrets are kept
   * @param runtime runs what is declared
   * @param readers is told all connectors before they run, and so before topics forget what those
   *     have not read
   * @throws LogException if the topic of declarations can be neither created nor read
   */
  public static ConnectorManager open(
      Drafts drafts,
      Topics topics,
      Records records,
      PrivateFiles files,
      Connectors runtime,
      Consumer<Collection<ConnectorSpec>> readers,
      Events events,
      Clock clock) {
    DeclarationStore store = DeclarationStore.open(topics, records, files, clock);
    return new ConnectorManager(
        store, new Declarations(drafts, store, topics), runtime, readers, events, clock);
  }

  /**
   * Runs what a configuration file declares together with what was declared over HTTP. A name that
   * both declare is the file's from now on; the other declaration is forgotten. Where it throws,
   * some of it may have come about; to be called again then, with this or another configuration.
   *
   * @param topics makes the file's topics, before anything runs that needs them; if it throws, all
   *     runs as before
   */
  public void takeUp(GatewayConfig config, Runnable topics) {
    lock.lock();
    try {
      FileDeclares next = FileDeclares.of(config);
      Map<String, ConnectorSpec> resolved = declarations.resolve(next, name -> true);
      readers.accept(both(next, resolved).values());
      make(topics);
      file = next;
      run(resolved);
      forgetTakenOver();
      if (!isRunning) {
        store.tidy();
      }
      isRunning = true;
    } finally {
      lock.unlock();
    }
  }

  private void make(Runnable topics) {
    boolean isDone = false;
    try {
      topics.run();
      isDone = true;
    } finally {
      if (!isDone && isRunning) {
        readers.accept(both(file, made).values()); // Those that go on running.
      }
    }
  }

  /** Resolves again the connectors of which a file that they refer to has changed. */
  public void look() {
    lock.lock();
    try {
      Set<String> changed = isRunning ? declarations.changedOutside() : Set.of();
      if (!changed.isEmpty()) {
        runWith(declarations.resolve(file, changed::contains));
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Checks a declaration as {@link #put} would, and changes nothing. So can be asked what a
   * connector of the file would be declared as instead, too.
   *
   * @param replaces the connector that it would replace; null if it would be a new one
   */
  public DraftResult check(String name, JsonNode declared, @Nullable String replaces) {
    lock.lock();
    try {
      ConnectorSpec ofFile = file.connectors().get(name);
      if (ofFile != null && name.equals(replaces)) {
        return declarations.checkChange(ofFile, declared, file);
      }
      DraftResult result = declarations.check(name, declared, file);
      return name.equals(replaces) || find(name).isEmpty() ? result : result.butWrong(taken(name));
    } finally {
      lock.unlock();
    }
  }

  private static DraftProblem taken(String name) {
    return new DraftProblem(
        "",
        "there is a connector '" + name + "' already",
        "choose another name, or change that one");
  }

  /**
   * Makes or changes a connector; durable when this returns, and about to run.
   *
   * @param name what it is called
   * @param declared the JSON form of what would stand under its name in a file
   * @throws LogException if it could not be stored; it may be as before or as wished after a
   *     restart
   */
  public ChangeResult put(String name, JsonNode declared) {
    return put(name, declared, Optional::empty);
  }

  /** As {@link #put}, but leaves alone a connector that is there. */
  public ChangeResult create(String name, JsonNode declared) {
    return put(
        name, declared, () -> Optional.ofNullable(made.get(name)).map(ChangeResult.Exists::new));
  }

  /**
   * As {@link #put}, but only in the place of a declaration that was made over HTTP and whose
   * {@link #version} is meant.
   */
  public ChangeResult replace(String name, JsonNode declared, Predicate<String> isMeant) {
    return put(
        name,
        declared,
        () ->
            version(name).filter(isMeant).isPresent()
                ? Optional.empty()
                : Optional.of(new ChangeResult.Stale(name)));
  }

  /**
   * As {@link #put} of what is made of the declaration as it is stored, which nobody changes
   * meanwhile.
   *
   * @param edit gets a copy, in which references stand for secrets; what it throws is passed on
   */
  public ChangeResult change(String name, UnaryOperator<ObjectNode> edit) {
    lock.lock();
    try {
      Optional<ChangeResult> refusal = refusal(name);
      Optional<Declaration> stored = store.find(name);
      return refusal.orElseGet(
          () ->
              stored
                  .map(found -> put(name, edit.apply(found.spec().deepCopy())))
                  .orElseGet(() -> new ChangeResult.Unknown(name)));
    } finally {
      lock.unlock();
    }
  }

  private ChangeResult put(
      String name, JsonNode declared, Supplier<Optional<ChangeResult>> condition) {
    lock.lock();
    try {
      Optional<ChangeResult> refusal = refusal(name).or(condition);
      if (refusal.isPresent()) {
        return refusal.get();
      }
      boolean isNew = store.find(name).isEmpty();
      if (isNew && store.count() >= MAX_CONNECTORS) {
        return new ChangeResult.TooMany(MAX_CONNECTORS);
      }
      return switch (declarations.check(name, declared, file)) {
        case DraftResult.Invalid invalid -> new ChangeResult.Refused(invalid);
        case DraftResult.Valid valid -> put(name, valid);
      };
    } finally {
      lock.unlock();
    }
  }

  /** Why nothing may be changed under a name; empty if it may. */
  private Optional<ChangeResult> refusal(String name) {
    if (!isRunning) {
      return Optional.of(new ChangeResult.TooEarly());
    }
    return Optional.ofNullable(file.connectors().get(name)).map(ChangeResult.InFile::new);
  }

  private ChangeResult put(String name, DraftResult.Valid valid) {
    boolean isNew = store.find(name).isEmpty();
    boolean isSame = store.holds(name, valid);
    if (!isSame || store.isUnsure(name)) {
      store.put(name, valid);
    }
    declarations.taken(name, valid);
    Map<String, ConnectorSpec> changed = declarations.resolve(file, this::isFaulty);
    changed.put(name, valid.spec());
    runWith(changed);
    ConnectorSpec spec = valid.spec();
    if (isNew) {
      publish("connector.created", name, "The connector was made over HTTP.");
      return new ChangeResult.Created(spec);
    }
    if (!isSame) {
      publish("connector.changed", name, "The connector was changed over HTTP.");
    }
    return new ChangeResult.Changed(spec);
  }

  /**
   * Removes a connector that was made over HTTP, with its secrets; durable when this returns.
   *
   * @param forgetPositions whether to forget where it stood, too; it must have been stopped
   * @throws IllegalStateException if its positions are to be forgotten and can't be now
   * @throws LogException if that could not be stored
   */
  public ChangeResult remove(String name, boolean forgetPositions) {
    lock.lock();
    try {
      Optional<ChangeResult> refusal = refusal(name);
      if (refusal.isPresent()) {
        return refusal.get();
      }
      ConnectorSpec spec = made.get(name);
      if (spec == null) {
        if (store.isUnsure(name)) {
          store.forget(name);
        }
        return new ChangeResult.Unknown(name);
      }
      if (forgetPositions) {
        runtime.resetPositions(name);
      }
      store.forget(name);
      Map<String, ConnectorSpec> left = new TreeMap<>(made);
      left.remove(name);
      run(left);
      readers.accept(both(file, left).values());
      publish("connector.deleted", name, "The connector was deleted over HTTP.");
      return new ChangeResult.Removed(spec);
    } finally {
      lock.unlock();
    }
  }

  /** The declared connector of this name. */
  public Optional<ConnectorSpec> find(String name) {
    lock.lock();
    try {
      return Optional.ofNullable(file.connectors().get(name))
          .or(() -> Optional.ofNullable(made.get(name)));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Names what is declared over HTTP under a name: another declaration, or other secrets, have
   * another one, also after a restart. Empty where nothing is. What runs when this returns is what
   * it names, or newer.
   */
  public Optional<String> version(String name) {
    lock.lock();
    try {
      return file.connectors().containsKey(name)
          ? Optional.empty()
          : store.find(name).map(Declaration::version);
    } finally {
      lock.unlock();
    }
  }

  /** Those that were made over HTTP, by name. */
  public Map<String, ConnectorSpec> madeOverHttp() {
    lock.lock();
    try {
      return Map.copyOf(made);
    } finally {
      lock.unlock();
    }
  }

  /** A change of its neighbours may have cured it. */
  private boolean isFaulty(String name) {
    ConnectorSpec spec = made.get(name);
    return spec != null && spec.fault() != null;
  }

  private void runWith(Map<String, ConnectorSpec> changed) {
    Map<String, ConnectorSpec> all = new TreeMap<>(made);
    all.putAll(changed);
    readers.accept(both(file, all).values());
    run(all);
  }

  private void run(Map<String, ConnectorSpec> overHttp) {
    made = overHttp;
    runtime.apply(both(file, overHttp));
  }

  private static Map<String, ConnectorSpec> both(
      FileDeclares file, Map<String, ConnectorSpec> overHttp) {
    Map<String, ConnectorSpec> all = new TreeMap<>(overHttp);
    all.putAll(file.connectors());
    return all;
  }

  private void forgetTakenOver() {
    for (String name : store.all().keySet()) {
      if (file.connectors().containsKey(name)) {
        store.forget(name);
        LOG.info("The configuration file declares '{}' now, which was made over HTTP.", name);
        publish(
            "connector.changed",
            name,
            "The configuration file declares it now; what was declared over HTTP is forgotten.");
      }
    }
  }

  private void publish(String type, String name, String message) {
    events.publish(new Event(type, name, message, clock.instant()));
  }
}
