package dev.sluice.broker.security;

import dev.sluice.broker.metadata.ClusterMetadata;
import dev.sluice.broker.metadata.SecurityState;
import java.time.Clock;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Access by the rules in the metadata. While there is neither a user nor a rule, everyone may do
 * everything; from then on only what a rule allows, and super users everything. Who has not said
 * who they are is nobody special: rules for {@code User:ANONYMOUS} or {@code User:*} are theirs.
 */
final class AclAccessControl implements AccessControl {

  private static final Logger LOG = LoggerFactory.getLogger(AclAccessControl.class);
  private static final int MAX_NAME_CHARS = 249;

  private record Denial(String principal, AclOperation operation, ResourceType type, String name) {}

  private final ClusterMetadata metadata;
  private final Set<KafkaPrincipal> superUsers;
  private final RecurringNews<Denial> denials;

  /** What is in force. Guarded by this object's monitor. */
  private SecurityState known = SecurityState.OPEN;

  /**
   * Null while everyone may do everything. Written after each change of its rules, even if it is
   * the same object: that is what shows the change to other threads.
   */
  private volatile @Nullable RuleEngine engine;

  private AclAccessControl(ClusterMetadata metadata, Set<KafkaPrincipal> superUsers, Clock clock) {
    this.metadata = metadata;
    this.superUsers = Set.copyOf(superUsers);
    this.denials = new RecurringNews<>(clock);
  }

  /** Follows the metadata from now on. */
  static AclAccessControl open(
      ClusterMetadata metadata, Set<KafkaPrincipal> superUsers, Clock clock) {
    AclAccessControl access = new AclAccessControl(metadata, superUsers, clock);
    metadata.onChange(unused -> access.follow());
    access.follow();
    return access;
  }

  private synchronized void follow() {
    SecurityState now = metadata.state().security();
    boolean isSame = now.isOpen() == known.isOpen() && now.rules().equals(known.rules());
    if (isSame) {
      return;
    }
    if (now.isOpen()) {
      LOG.warn("The last user and the last access rule are gone: everyone may do everything");
    } else if (known.isOpen() && superUsers.isEmpty()) {
      LOG.warn(
          "There is a user or an access rule now, and no super user: over Kafka's protocol only"
              + " what a rule allows can be done, which may not include changing rules. Name a"
              + " super user in the configuration to be able to.");
    }
    known = now;
    engine = now.isOpen() ? null : engineOf(now);
  }

  private RuleEngine engineOf(SecurityState state) {
    RuleEngine there = engine;
    RuleEngine used = there == null ? new RuleEngine() : there;
    used.use(state.rules());
    return used;
  }

  @Override
  public boolean allows(
      AuthorizableRequestContext who, AclOperation operation, ResourceType type, String name) {
    boolean allowed = wouldAllow(who, operation, type, name);
    if (!allowed) {
      log(who, new Denial(who.principal().toString(), operation, type, name));
    }
    return allowed;
  }

  @Override
  public boolean wouldAllow(
      AuthorizableRequestContext who, AclOperation operation, ResourceType type, String name) {
    RuleEngine rules = engine;
    return rules == null || isSuper(who) || rules.allows(who, operation, type, name);
  }

  @Override
  public boolean allowsAny(
      AuthorizableRequestContext who, AclOperation operation, ResourceType type) {
    RuleEngine rules = engine;
    return rules == null || isSuper(who) || rules.allowsAny(who, operation, type);
  }

  private boolean isSuper(AuthorizableRequestContext who) {
    return superUsers.contains(who.principal());
  }

  private void log(AuthorizableRequestContext who, Denial denial) {
    if (LOG.isInfoEnabled() && denials.isNew(denial)) {
      LOG.info(
          "Denied: {} at {} may not {} {} '{}'",
          printable(denial.principal()),
          who.clientAddress().getHostAddress(),
          denial.operation(),
          denial.type(),
          printable(denial.name()));
    }
  }

  /** A name that a client sent, so that it can't forge lines of the log. */
  private static String printable(String name) {
    String start = name.length() > MAX_NAME_CHARS ? name.substring(0, MAX_NAME_CHARS) + "…" : name;
    return start.replaceAll("\\p{Cntrl}", "?");
  }
}
