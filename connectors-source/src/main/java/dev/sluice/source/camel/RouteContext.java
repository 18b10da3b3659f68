package dev.sluice.source.camel;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Properties;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** Builds a Camel context around a route whose end is {@link TopicComponent}. */
final class RouteContext {

  private static final int SHUTDOWN_SECONDS = 10;

  private RouteContext() {}

  /**
   * Builds a context that is not started.
   *
   * @throws ConnectorException of category CONFIGURATION
   * @throws Exception as Camel reports it
   */
  static DefaultCamelContext of(String connector, CamelConfig config, TopicHandover handover)
      throws Exception {
    DefaultCamelContext context = new DefaultCamelContext(false);
    context.disableJMX();
    context.getCamelContextExtension().setName("sluice-" + connector);
    context.setApplicationContextClassLoader(RouteContext.class.getClassLoader());
    context.getShutdownStrategy().setTimeout(SHUTDOWN_SECONDS);
    context.getShutdownStrategy().setShutdownNowOnTimeout(true);
    context.getCamelContextExtension().setErrorHandlerFactory(terseErrorHandler());
    context.addComponent(TopicComponent.SCHEME, new TopicComponent(handover));
    switch (config.origin()) {
      case CamelConfig.RouteText text -> load(context, text.yaml());
      case CamelConfig.RouteFile file -> load(context, read(file));
      case CamelConfig.NamedKamelet kamelet -> addKamelet(context, kamelet);
    }
    return context;
  }

  /** Camel's default, which would log each failed exchange with its history and stack trace. */
  private static DefaultErrorHandlerDefinition terseErrorHandler() {
    DefaultErrorHandlerDefinition handler = new DefaultErrorHandlerDefinition();
    handler.logStackTrace(false).logExhaustedMessageHistory(false);
    return handler;
  }

  private static String read(CamelConfig.RouteFile file) {
    try {
      return Yaml.routes(Files.readString(file.path(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new ConnectorException(
          ErrorCategory.CONFIGURATION,
          "route-file",
          "The route's file " + file.path() + " can't be read.",
          "Check the option 'file'.",
          e);
    }
  }

  private static void load(DefaultCamelContext context, String yaml) throws Exception {
    Resource resource = ResourceHelper.fromString("route.yaml", yaml);
    PluginHelper.getRoutesLoader(context).loadRoutes(resource);
    List<RouteDefinition> routes = context.getRouteDefinitions();
    if (yaml.contains(TopicComponent.ENDPOINT)) {
      return;
    }
    if (routes.size() != 1) {
      throw ConnectorException.configuration(
          "route-end",
          "There are " + routes.size() + " routes, and none says where the topic is.",
          "End one of them with the step {to: \"" + TopicComponent.ENDPOINT + "\"}.");
    }
    routes.getFirst().to(TopicComponent.ENDPOINT);
  }

  /** Properties are not put into the URI, which Camel logs. */
  private static void addKamelet(DefaultCamelContext context, CamelConfig.NamedKamelet named)
      throws Exception {
    String name = named.kamelet().name();
    Properties properties = new Properties();
    named
        .properties()
        .forEach((key, value) -> properties.put("camel.kamelet." + name + "." + key, value));
    context.getPropertiesComponent().setInitialProperties(properties);
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("kamelet:" + name).to(TopicComponent.ENDPOINT);
          }
        });
  }
}
