package dev.paygateway;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.paygateway.testing.GeneratedPage;
import java.io.IOException;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/**
 * Goal: the design's arrows and bans hold in every class, so that no review has to look for them.
 *
 * <p>Method: Spring Modulith checks the arrows that the package-infos declare, ArchUnit the rest.
 */
class ArchitectureTest {
    private static final String ROOT = GatewayApplication.class.getPackageName();
    private static final String THE_SLEEPER = ROOT + ".resource.Pause";

    private static final JavaClasses SERVICE =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages(ROOT);
    private static final JavaClasses SERVICE_AND_TESTS =
            new ClassFileImporter().importPackages(ROOT);

    private static final Set<String> READS_CLOCK = Set.of("currentTimeMillis", "nanoTime");

    private static final DescribedPredicate<JavaClass> PAYMENT =
            resideInAnyPackage(ROOT + ".payment..")
                    .and(not(describe("package-info", type -> isPackageInfo(type))));

    @Test
    void modulesKeepToTheirArrows() {
        ApplicationModules.of(GatewayApplication.class).verify();
    }

    @Test
    void drawsTheModuleMap() throws IOException {
        var drawn = ModuleMap.read(GeneratedPage.base().resolve("src/main/java")).toMarkdown();
        GeneratedPage.hold("module-map.md", drawn, ArchitectureTest.class);
    }

    @Test
    void paymentIsPure() {
        classes()
                .that(PAYMENT)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.joda.money..",
                        "org.jspecify..",
                        "com.google.errorprone.annotations..",
                        ROOT + ".payment..")
                .allowEmptyShould(true)
                .check(SERVICE);
    }

    @Test
    void paymentIsToldTheTimeAndTheDice() {
        noClasses()
                .that(PAYMENT)
                .should()
                .callMethodWhere(describe("the target reads clock or dice", this::readsTheWorld))
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .allowEmptyShould(true)
                .check(SERVICE);
    }

    @Test
    void onlyStoreAndResourceSpeakSql() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".store..", ROOT + ".resource..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.springframework.jdbc..")
                .check(SERVICE);
    }

    @Test
    void nothingIsInjectedIntoFields() {
        NO_CLASSES_SHOULD_USE_FIELD_INJECTION.allowEmptyShould(true).check(SERVICE);
    }

    @Test
    void packagesAreNamedAfterTheTrade() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..common..", "..impl..", "..dto..")
                .check(SERVICE_AND_TESTS);
    }

    @Test
    void onlyOnePlaceSleeps() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(THE_SLEEPER)
                .and()
                .resideOutsideOfPackage("..jmh_generated..") // written by JMH
                .should()
                .callMethodWhere(describe("sleep", call -> sleeps(call)))
                .check(SERVICE_AND_TESTS);
    }

    private static boolean isPackageInfo(JavaClass type) {
        return type.getSimpleName().equals("package-info");
    }

    private boolean readsTheWorld(JavaCall<?> call) {
        var owner = call.getTargetOwner();
        return (owner.getPackageName().equals("java.time") && call.getName().equals("now"))
                || (owner.isEquivalentTo(System.class) && READS_CLOCK.contains(call.getName()))
                || call.getName().equals("randomUUID")
                || (owner.isEquivalentTo(Math.class) && call.getName().equals("random"));
    }

    private static boolean sleeps(JavaCall<?> call) {
        var owner = call.getTargetOwner();
        return call.getName().equals("sleep")
                && (owner.isAssignableTo(Thread.class) || owner.isEquivalentTo(TimeUnit.class));
    }
}
