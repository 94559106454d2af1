//! A crate a bounded context: messages, aggregates, external systems, policies, read models, timers, the service.

use serde::Serialize;

use super::{Asked, Job, Made, TargetSpec};
use crate::generate::project::CrateOf;
use crate::generate::render::{TemplateError, Templates};
use crate::generate::rust::imports::mentioned;
use crate::generate::rust::part::Script;
use crate::generate::rust::service::{Known, Parts, service};
use crate::generate::rust::{aggregate, messages, policy, read_model};
use crate::generate::text;
use crate::kit::Id;
use crate::model::Output;

pub(super) static SPEC: TargetSpec = TargetSpec {
    key: "contexts",
    title: "Rust crates",
    doc: "A crate for each bounded context: typed messages, aggregates as initial, decide and evolve, policies, read models.",
    render,
};

/// A module of the generated part, as its parent lists it.
#[derive(Serialize)]
struct Module {
    name: String,
    doc: String,
    inner: Vec<String>,
}

#[derive(Serialize)]
struct Root {
    title: String,
    modules: Vec<Module>,
}

#[derive(Serialize)]
struct Handlers {
    any: bool,
    imports: String,
    impls: Vec<String>,
}

#[derive(Serialize)]
struct Package {
    package: String,
    dependencies: Vec<&'static str>,
}

/// Crates that generated code may mention, and by which word.
const DEPENDENCIES: &[(&str, &[&str])] = &[
    ("jiff", &["Date", "Time", "Timestamp"]),
    ("rust_decimal", &["Decimal"]),
    ("serde", &["Serialize", "Deserialize"]),
    ("uuid", &["Uuid"]),
];

fn render(job: &Job<'_, '_>, made: &mut Made) -> Result<(), TemplateError> {
    for krate in &job.project.crates {
        Writer { krate, templates: job.templates, made, modules: Vec::new(), texts: Vec::new() }.write()?;
    }
    Ok(())
}

struct Writer<'w, 'a> {
    krate: &'w CrateOf<'a>,
    templates: &'w Templates,
    made: &'w mut Made,
    modules: Vec<Module>,
    texts: Vec<String>,
}

impl Writer<'_, '_> {
    fn write(mut self) -> Result<(), TemplateError> {
        let krate = self.krate;
        let parts = Parts::of(krate);
        let mut known = Known::default();
        self.single(
            "commands",
            "Requests, which may be refused.",
            "contexts/messages.rs",
            &messages::own(krate, true),
        )?;
        self.single("events", "Facts, which have happened.", "contexts/messages.rs", &messages::own(krate, false))?;
        self.single(
            "types",
            "Words and records that messages are made of.",
            "contexts/types.rs",
            &messages::types(krate),
        )?;
        let contracts = messages::contracts(krate);
        self.folder("contracts", "Messages of other contexts, as this one knows them.", &contracts, |it| it.0.clone());
        for (module, data) in &contracts {
            self.module(&format!("contracts/{module}"), "contexts/contract.rs", data)?;
        }
        let named = |id: Id| krate.named(id, Output::RustModule).to_owned();
        self.folder("aggregates", "What decides.", &parts.aggregates, |it| named(it.id));
        for it in &parts.aggregates {
            let mut open = Vec::new();
            let data = aggregate::aggregate(krate, it, &mut open);
            let module = format!("aggregates::{}", named(it.id));
            if data.asks {
                known.traits.push(format!("{module}::Rules"));
                let _ = known.asks.insert(it.id);
            }
            self.asks(&module, "Rules", open, &data.scripts);
            self.module(&format!("aggregates/{}", named(it.id)), "contexts/aggregate.rs", &data)?;
        }
        self.folder("externals", "Who is outside.", &parts.externals, |it| named(it.id));
        for it in &parts.externals {
            let mut open = vec!["`call`: the real client".to_owned()];
            let data = aggregate::external(krate, it, &mut open);
            let module = format!("externals::{}", named(it.id));
            known.traits.push(format!("{module}::Port"));
            self.asks(&module, "Port", open, &data.scripts);
            self.module(&format!("externals/{}", named(it.id)), "contexts/external.rs", &data)?;
        }
        self.folder("policies", "What reacts: events in, commands out.", &parts.policies, |it| named(it.id));
        for it in &parts.policies {
            let mut open = Vec::new();
            let data = policy::policy(krate, it, &mut open);
            let module = format!("policies::{}", named(it.id));
            if data.asks {
                known.traits.push(format!("{module}::Rules"));
            }
            let _ = known.calls.insert(it.id, data.calls.clone());
            self.asks(&module, "Rules", open, &data.scripts);
            self.module(&format!("policies/{}", named(it.id)), "contexts/policy.rs", &data)?;
        }
        self.folder("read_models", "What people decide by.", &parts.read_models, |it| named(it.id));
        for it in &parts.read_models {
            let mut open = Vec::new();
            let script = it.query.as_ref().map(|_| super::ksql::path(krate, it.id));
            let data = read_model::read_model(krate, it, script, &mut open);
            self.asks(&format!("read_models::{}", named(it.id)), "", open, &[]);
            self.module(&format!("read_models/{}", named(it.id)), "contexts/read_model.rs", &data)?;
        }
        self.folder("timers", "What happens because time passes.", &parts.timers, |it| named(it.id));
        for it in &parts.timers {
            let mut open = Vec::new();
            let data = policy::timer(krate, it, &mut open);
            let module = format!("timers::{}", named(it.id));
            if data.asks {
                known.traits.push(format!("{module}::Rules"));
            }
            let _ = known.calls.insert(it.id, data.calls.clone());
            self.asks(&module, "Rules", open, &data.scripts);
            self.module(&format!("timers/{}", named(it.id)), "contexts/timer.rs", &data)?;
        }
        known.traits.sort();
        self.single("service", "All of it as one service.", "contexts/service.rs", &service(krate, &parts, &known))?;
        let _ = self.made.traits.insert(krate.id, known.traits.clone());
        let modules = std::mem::take(&mut self.modules);
        self.module("mod", "contexts/mod.rs", &Root { title: text::doc(krate.name), modules })?;
        self.users(known.traits)
    }

    /// The files that are the user's.
    fn users(&mut self, impls: Vec<String>) -> Result<(), TemplateError> {
        let krate = self.krate;
        let path = |name: &str| format!("crates/{}/{name}", krate.package);
        let mut modules: Vec<String> =
            impls.iter().filter_map(|it| it.split_once("::")).map(|(folder, _)| folder.to_owned()).collect();
        modules.dedup();
        let imports = match modules.as_slice() {
            [one] => one.clone(),
            several => format!("{{{}}}", several.join(", ")),
        };
        // As rustfmt breaks a line that is too long: this file is the user's and formatted as theirs.
        let block = |it: String| match format!("impl {it} for Handlers {{}}") {
            line if line.len() <= 100 => line,
            _ => format!("impl {it}\n    for Handlers\n{{\n}}"),
        };
        let blocks = impls.iter().cloned().map(block).collect();
        let any = !modules.is_empty();
        let handlers = self.templates.rust("contexts/handlers.rs", &Handlers { any, imports, impls: blocks })?;
        let root = Root { title: text::doc(krate.name), modules: vec![] };
        let lib = self.templates.rust("contexts/lib.rs", &root)?;
        let words: std::collections::BTreeSet<String> = self.texts.iter().flat_map(|it| mentioned(it)).collect();
        for of in &impls {
            self.made.wants(
                path("src/handlers.rs"),
                of,
                format!("add `impl {of} for Handlers {{}}` and answer its questions where you can"),
            );
        }
        let used = |(_, names): &&(&str, &[&str])| names.iter().any(|it| words.contains(*it));
        let dependencies: Vec<&'static str> = DEPENDENCIES.iter().filter(used).map(|(name, _)| *name).collect();
        for name in &dependencies {
            let advice = format!("add `{name}.workspace = true` to its dependencies");
            self.made.wants(path("Cargo.toml"), name, advice);
        }
        let package = Package { package: krate.package.clone(), dependencies };
        let manifest = self.templates.render("contexts/manifest.toml", &package)?;
        self.made.seeded(path("Cargo.toml"), manifest);
        self.made.seeded(path("src/lib.rs"), lib);
        self.made.seeded(path("src/handlers.rs"), handlers);
        Ok(())
    }

    fn single(&mut self, name: &str, doc: &str, template: &str, data: &impl Serialize) -> Result<(), TemplateError> {
        self.modules.push(Module { name: name.to_owned(), doc: doc.to_owned(), inner: vec![] });
        self.module(name, template, data)
    }

    fn folder<T>(&mut self, name: &str, doc: &str, items: &[T], module: impl Fn(&T) -> String) {
        if !items.is_empty() {
            let mut inner: Vec<String> = items.iter().map(module).collect();
            inner.sort();
            self.modules.push(Module { name: name.to_owned(), doc: doc.to_owned(), inner });
        }
    }

    fn module(&mut self, name: &str, template: &str, data: &impl Serialize) -> Result<(), TemplateError> {
        let text = self.templates.rust(template, data)?;
        self.texts.push(text.clone());
        self.made.generated(format!("crates/{}/src/generated/{name}.rs", self.krate.package), text);
        Ok(())
    }

    fn asks(&mut self, module: &str, of: &'static str, open: Vec<String>, scripts: &[Script]) {
        let place = format!("{}::{module}", self.krate.ident);
        self.made.open.extend(open.into_iter().map(|it| (place.clone(), it)));
        let asked =
            |script: &Script| Asked { context: self.krate.id, module: module.to_owned(), of, script: script.clone() };
        self.made.scripts.extend(scripts.iter().map(asked));
    }
}
