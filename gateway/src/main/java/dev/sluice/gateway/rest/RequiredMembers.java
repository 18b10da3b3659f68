package dev.sluice.gateway.rest;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.FieldInfo;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.RecordComponentInfo;

/**
 * Tells readers of the API's description which members are always there: all of a record but those
 * that may be null. So the types that programs generate from it need no guesses. Runs when the
 * gateway is built.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class RequiredMembers implements OASFilter {

  private static final String ROOM = RequiredMembers.class.getPackageName();
  private static final DotName SCHEMA =
      DotName.createSimple("org.eclipse.microprofile.openapi.annotations.media.Schema");
  private static final DotName NULLABLE = DotName.createSimple("org.jspecify.annotations.Nullable");
  private static final DotName PROPERTY =
      DotName.createSimple("com.fasterxml.jackson.annotation.JsonProperty");

  private static final DotName UNWRAPPED =
      DotName.createSimple("com.fasterxml.jackson.annotation.JsonUnwrapped");

  private final IndexView index;

  public RequiredMembers(IndexView index) {
    this.index = index;
  }

  @Override
  public void filterOpenAPI(OpenAPI api) {
    Map<String, Schema> schemas = api.getComponents().getSchemas();
    for (ClassInfo type : index.getKnownClasses()) {
      Schema schema = type.isRecord() && isOurs(type) ? schemas.get(nameOf(type)) : null;
      if (schema != null && schema.getProperties() != null) {
        Set<String> required = new TreeSet<>(requiredOf(type));
        required.retainAll(schema.getProperties().keySet());
        schema.setRequired(required.isEmpty() ? null : List.copyOf(required));
      }
    }
  }

  private static boolean isOurs(ClassInfo type) {
    return type.name().toString().startsWith(ROOM);
  }

  private static String nameOf(ClassInfo type) {
    AnnotationInstance schema = type.declaredAnnotation(SCHEMA);
    AnnotationValue name = schema == null ? null : schema.value("name");
    return name == null ? type.simpleName() : name.asString();
  }

  private List<String> requiredOf(ClassInfo type) {
    return type.recordComponents().stream()
        .filter(component -> !isNullable(component))
        .flatMap(
            component ->
                isUnwrapped(component)
                    ? requiredOf(index.getClassByName(component.type().name())).stream()
                    : Stream.of(memberOf(component)))
        .toList();
  }

  private static boolean isUnwrapped(RecordComponentInfo component) {
    return component.hasAnnotation(UNWRAPPED) || fieldOf(component).hasAnnotation(UNWRAPPED);
  }

  private static FieldInfo fieldOf(RecordComponentInfo component) {
    return component.declaringClass().field(component.name());
  }

  private static String memberOf(RecordComponentInfo component) {
    AnnotationInstance property =
        Stream.of(component.annotation(PROPERTY), fieldOf(component).annotation(PROPERTY))
            .filter(found -> found != null && found.value() != null)
            .findFirst()
            .orElse(null);
    return property == null ? component.name() : property.value().asString();
  }

  private static boolean isNullable(RecordComponentInfo component) {
    return component.type().hasAnnotation(NULLABLE) || component.hasAnnotation(NULLABLE);
  }
}
