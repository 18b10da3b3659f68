package dev.sluice.compat.clients;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;

/** An administrator's client that remembers what it was asked. Used by one thread. */
final class AskedAdmin implements AutoCloseable {

  private final Admin real;
  private final Admin noting;
  private final Set<String> asked = new TreeSet<>();

  AskedAdmin(Cluster cluster) {
    this.real = Admin.create(cluster.with(Map.of("enable.metrics.push", true)));
    this.noting =
        (Admin)
            Proxy.newProxyInstance(
                Admin.class.getClassLoader(),
                new Class<?>[] {Admin.class},
                (proxy, method, arguments) -> ask(method, arguments));
  }

  /** What to ask through. */
  Admin get() {
    return noting;
  }

  /** The names of the calls that this version of the client has and that were not made. */
  Set<String> unasked() {
    Set<String> names = new TreeSet<>();
    Arrays.stream(Admin.class.getMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .forEach(method -> names.add(method.getName()));
    names.removeAll(asked);
    return names;
  }

  private Object ask(Method method, Object[] arguments) throws Throwable {
    asked.add(method.getName());
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException failure) {
      throw failure.getCause();
    }
  }

  @Override
  public void close() {
    real.close();
  }
}
