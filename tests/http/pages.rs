//! Pages that everybody reads.

use crate::support::practice::practice;

#[tokio::test]
async fn every_page_of_the_sitemap_is_there() {
    let practice = practice().open().await;
    let get = async |url: &str| reqwest::get(url).await.expect("an answer");
    let sitemap = get(&practice.url("/sitemap.xml")).await.text().await.expect("a sitemap");
    let addresses: Vec<&str> =
        sitemap.split("<loc>").skip(1).filter_map(|rest| rest.split('<').next()).collect();
    assert!(addresses.len() > 15, "{addresses:?}");
    for address in addresses {
        assert_eq!(get(address).await.status(), 200, "{address}");
    }
}
