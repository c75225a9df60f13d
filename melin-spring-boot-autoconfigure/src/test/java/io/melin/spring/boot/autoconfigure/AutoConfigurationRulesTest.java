package io.melin.spring.boot.autoconfigure;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The rules that Boot keeps in its own build. */
class AutoConfigurationRulesTest {
    private static final String ROOT = "io.melin.spring.boot.autoconfigure";

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(ROOT);

    @Test
    void autoConfigurationsArePublicAndFinal() {
        classes()
                .that()
                .areAnnotatedWith(AutoConfiguration.class)
                .should()
                .bePublic()
                .andShould()
                .haveModifier(JavaModifier.FINAL)
                .andShould()
                .haveSimpleNameEndingWith("AutoConfiguration")
                .because("they are named in properties and extended by nobody")
                .check(CLASSES);
    }

    @Test
    void configurationsHaveNoPublicMembers() {
        noMethods()
                .that()
                .areDeclaredInClassesThat()
                .areMetaAnnotatedWith(Configuration.class)
                .should()
                .bePublic()
                .because("beans are an API, the methods that make them are not")
                .check(CLASSES);
        noFields()
                .that()
                .areDeclaredInClassesThat()
                .areMetaAnnotatedWith(Configuration.class)
                .should()
                .bePublic()
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void nestedConfigurationsAreNotPublic() {
        noClasses()
                .that()
                .areAnnotatedWith(Configuration.class)
                .should()
                .bePublic()
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void conditionsOnClassesAreNotOnMethods() {
        noMethods()
                .should()
                .beAnnotatedWith(ConditionalOnClass.class)
                .because("the method's own signature would have to load what may be missing")
                .check(CLASSES);
    }

    @Test
    void postProcessorsAreMadeByStaticMethods() {
        for (Class<?> type :
                new Class<?>[] {BeanPostProcessor.class, BeanFactoryPostProcessor.class}) {
            methods()
                    .that()
                    .areAnnotatedWith(Bean.class)
                    .and()
                    .haveRawReturnType(
                            com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo(
                                    type))
                    .should()
                    .beStatic()
                    .allowEmptyShould(true)
                    .because("they exist before their configuration may")
                    .check(CLASSES);
        }
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void optionalLibrariesStayInTheirPackages() {
        confine("tools.jackson..", ROOT + ".codec");
        confine("io.micrometer..", ROOT + ".metrics");
        confine("io.prometheus..", ROOT + ".metrics");
        confine("org.springframework.boot.actuate..", ROOT + ".endpoint");
        confine("org.springframework.boot.health..", ROOT + ".health");
    }

    private static void confine(String library, String home) {
        noClasses()
                .that()
                .resideOutsideOfPackage(home)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .because("whoever does not have " + library + " must not notice")
                .check(CLASSES);
    }
}
