package dev.sluice.broker.kafka;

import dev.sluice.broker.security.AccessControl;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.RequestContext;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourceType;

/** One request under way: who asks, what they may, and how to wait on their behalf. */
public final class Call {

  private final RequestContext context;
  private final ConnectionIdentity identity;
  private final AccessControl access;
  private final AdminChanges changes;
  private final CompletableFuture<Void> ended;

  /**
   * A call.
   *
   * @param changes hears of what it changes
   * @param ended completes when the connection or the server closes
   */
  public Call(
      RequestContext context,
      ConnectionIdentity identity,
      AccessControl access,
      AdminChanges changes,
      CompletableFuture<Void> ended) {
    this.context = context;
    this.identity = identity;
    this.access = access;
    this.changes = changes;
    this.ended = ended;
  }

  /** Header, client and principal, as Kafka's own classes want them. */
  public RequestContext context() {
    return context;
  }

  /** Who is at the other end, and how far their authentication has come. */
  public ConnectionIdentity identity() {
    return identity;
  }

  /** The version of the request. */
  public short version() {
    return context.apiVersion();
  }

  /** Whether the client may do something; where it may not, this is an access denied in the log. */
  public boolean allows(AclOperation operation, ResourceType type, String name) {
    return access.allows(context, operation, type, name);
  }

  /** The same where the answer only selects what is shown: a no is nothing for the log. */
  public boolean wouldAllow(AclOperation operation, ResourceType type, String name) {
    return access.wouldAllow(context, operation, type, name);
  }

  /** Whether the client may do something with a topic since it may with the cluster's topics. */
  public boolean allowsAnyTopic(boolean mayInCluster, String topic) {
    return mayInCluster && !access.isReserved(context, topic);
  }

  /** Whether the client may do something with at least one resource of a type. */
  public boolean allowsAny(AclOperation operation, ResourceType type) {
    return access.allowsAny(context, operation, type);
  }

  /** Those of the names with which the client may do something, sorted. */
  public Set<String> allowed(AclOperation operation, ResourceType type, Collection<String> names) {
    Set<String> allowed = new TreeSet<>();
    for (String name : names) {
      if (allows(operation, type, name)) {
        allowed.add(name);
      }
    }
    return allowed;
  }

  /**
   * Refuses the whole request if the client may not do something.
   *
   * @throws ApiException Kafka's authorization error of the resource's type
   */
  public void require(AclOperation operation, ResourceType type, String name) {
    if (!allows(operation, type, name)) {
      throw denied(type, name);
    }
  }

  /** As {@link #require(AclOperation, ResourceType, String)}, for the cluster as a whole. */
  public void requireCluster(AclOperation operation) {
    require(operation, ResourceType.CLUSTER, Resource.CLUSTER_NAME);
  }

  private static ApiException denied(ResourceType type, String name) {
    return switch (type) {
      case TOPIC -> new TopicAuthorizationException(Set.of(name));
      case GROUP -> GroupAuthorizationException.forGroupId(name);
      case TRANSACTIONAL_ID ->
          new TransactionalIdAuthorizationException("No access to transactional id " + name);
      case CLUSTER -> new ClusterAuthorizationException("No access to the cluster");
      case USER, DELEGATION_TOKEN, ANY, UNKNOWN ->
          Errors.CLUSTER_AUTHORIZATION_FAILED.exception("No access to " + type + " " + name);
    };
  }

  /**
   * Waits until another thread has an answer.
   *
   * @return the answer
   * @throws DisconnectException if the connection or the server closes first
   * @throws RuntimeException what the answer failed with
   */
  public <T> T await(CompletableFuture<T> answer) {
    if (!answer.isDone()) {
      awaitEither(answer);
    }
    if (!answer.isDone()) {
      throw new DisconnectException("The connection was closed while its request was waiting");
    }
    try {
      return answer.join();
    } catch (CompletionException failure) {
      throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
    } catch (CancellationException cancelled) {
      throw new DisconnectException("The request was cancelled", cancelled);
    }
  }

  private void awaitEither(CompletableFuture<?> answer) {
    try {
      Object unused = CompletableFuture.anyOf(answer, ended).join();
    } catch (CompletionException | CancellationException failed) {
      // Which of the two it was, and why, is seen below.
      return;
    }
  }

  /** Tells whoever wants to know what this call has done to something. */
  public void made(AdminChanges.Change change, String subject) {
    made(change, subject, List.of());
  }

  /**
   * The same.
   *
   * @param details what exactly; see {@link AdminChanges}
   */
  public void made(AdminChanges.Change change, String subject, List<String> details) {
    String client = context.principal() + "@" + context.clientAddress().getHostAddress();
    changes.made(change, subject, details, client);
  }

  /** Completes when the connection or the server closes; what waits in any other way ends then. */
  public CompletableFuture<Void> ended() {
    return ended;
  }
}
