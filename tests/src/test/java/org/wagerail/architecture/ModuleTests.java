package org.wagerail.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModuleTests {
  private static final String ISO = "org.wagerail.iso..";
  private static final String ADAPTERS = "org.wagerail.adapter..";
  private static final String OPS = "org.wagerail.ops..";

  private static final DescribedPredicate<JavaClass> ENGINE =
      resideInAPackage("org.wagerail..")
          .and(DescribedPredicate.not(resideInAnyPackage(ISO, ADAPTERS, OPS)))
          .as("classes of the engine");

  /** Each may know those before it, and none after it. */
  private static final List<String> ORDER =
      List.of(
          "money",
          "ledger",
          "project",
          "payment",
          "payroll",
          "funding",
          "enforcement",
          "supervision",
          "statement",
          "reconciliation",
          "trail",
          "audit");

  /** The ground floor: known to all, and knowing of the order nothing but money. */
  private static final List<String> GROUND = List.of("mailbox", "evidence", "secrecy", "bulk");

  private static final JavaClasses CLASSES = everyMainClass();

  private static JavaClasses everyMainClass() {
    return new ClassFileImporter()
        .importPaths(
            Repository.MODULES.stream()
                .map(module -> Repository.root().resolve(module).resolve("target/classes"))
                .filter(Files::isDirectory)
                .toList());
  }

  @Test
  void seesTheClassesItJudges() {
    assertThat(CLASSES.contain("org.wagerail.ops.Wagerail")).isTrue();
    assertThat(CLASSES.stream().filter(ENGINE)).isNotEmpty();
  }

  @Test
  void theEngineKnowsNoMessageNoPartnerAndNoTerminal() {
    check(
        noClasses()
            .that(ENGINE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                ISO,
                ADAPTERS,
                OPS,
                "org.apache.camel..",
                "com.prowidesoftware..",
                "org.springframework.integration..",
                "org.springframework.web..",
                "org.springframework.http..",
                "java.net.http..",
                "javax.xml..",
                "org.w3c.dom..",
                "picocli.."));
  }

  @Test
  void theMessagesKnowNothingButMessages() {
    check(
        noClasses()
            .that()
            .resideInAPackage(ISO)
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(
                        "org.springframework..",
                        "java.sql..",
                        "javax.sql..",
                        "org.apache.camel..",
                        ADAPTERS,
                        OPS)
                    .or(ENGINE)));
  }

  @Test
  void theAdaptersHoldNoSqlAndOpenNoTransaction() {
    check(
        noClasses()
            .that()
            .resideInAPackage(ADAPTERS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "java.sql..",
                "javax.sql..",
                "org.springframework.jdbc..",
                "org.springframework.transaction..",
                OPS));
  }

  @Test
  void theEnginesPackagesStandInTheirOrder() {
    for (var i = 0; i < ORDER.size(); i++) {
      var later = ORDER.subList(i + 1, ORDER.size());
      check(noneOf(ORDER.get(i), later));
    }
    for (var room : GROUND) {
      check(noneOf(room, ORDER.subList(1, ORDER.size())));
    }
    check(slices().matching("org.wagerail.(*)..").should().beFreeOfCycles());
  }

  @Test
  void everyPackageOfTheEngineHasItsPlaceInTheOrder() {
    assertThat(
            CLASSES.stream()
                .filter(ENGINE)
                .map(type -> type.getPackageName().split("\\.")[2])
                .distinct())
        .allMatch(room -> ORDER.contains(room) || GROUND.contains(room));
  }

  @Test
  void theEngineAsksNoClockAndDrawsNoLots() {
    check(noClasses().that(ENGINE).should().callMethodWhere(asksAClock()));
    check(
        noClasses()
            .that(ENGINE)
            .should()
            .callConstructor(java.util.Date.class)
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Random")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(java.util.UUID.class, "randomUUID"));
    // Keys and nonces must be unpredictable, and decide nothing.
    check(
        noClasses()
            .that(ENGINE)
            .and()
            .resideOutsideOfPackages("org.wagerail.secrecy..", "org.wagerail.mailbox..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.security.SecureRandom"));
  }

  @Test
  void namesAreWordsOfTheDomain() {
    check(
        classes()
            .should()
            .haveNameNotMatching(".*(Impl|Manager|Utils?|Helper|Dto|DTO|Constants)(\\$.*)?"));
    check(
        noClasses()
            .should()
            .resideInAnyPackage(
                "..service..", "..model..", "..common..", "..util..", "..utils..", "..impl.."));
  }

  private static DescribedPredicate<JavaMethodCall> asksAClock() {
    return DescribedPredicate.describe(
        "asks a clock",
        call -> {
          var owner = call.getTargetOwner();
          var method = call.getTarget().getName();
          var now =
              owner.getPackageName().startsWith("java.time")
                  && method.equals("now")
                  && call.getTarget().getRawParameterTypes().isEmpty();
          var system = owner.isEquivalentTo(java.time.Clock.class) && method.startsWith("system");
          var millis = owner.isEquivalentTo(System.class) && method.equals("currentTimeMillis");
          return now || system || millis;
        });
  }

  private static ArchRule noneOf(String room, List<String> others) {
    return noClasses()
        .that()
        .resideInAPackage("org.wagerail." + room + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            others.stream().map(other -> "org.wagerail." + other + "..").toArray(String[]::new));
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(CLASSES);
  }
}
